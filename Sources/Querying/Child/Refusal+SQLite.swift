import GRDBSQLite

extension ReportMessage.Refusal {
    /// What an error of SQLite's means for whoever asked, while a statement runs.
    init(_ fault: SQLiteFault) {
        switch fault.code {
        case SQLITE_INTERRUPT: self = .timeLimit
        case SQLITE_NOMEM: self = .memoryLimit
        case SQLITE_TOOBIG: self = .valueTooBig
        case SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_IOERR, SQLITE_NOTADB, SQLITE_PERM, SQLITE_SCHEMA:
            self = .unavailable(reason: "SQLite error \(fault.code): \(fault.message)")
        default: self = .failed(message: fault.message)
        }
    }

    /// The same before it runs, when what it says is looked at.
    init(_ fault: SQLiteFault, preparing sql: String, _ statementGuard: StatementGuard) {
        // A denied function is an error like any other, and a denied table has a code of its own.
        guard fault.code == SQLITE_AUTH || fault.code == SQLITE_ERROR else {
            self.init(fault)
            return
        }
        self =
            statementGuard.denial(of: sql, message: fault.message)
            ?? .invalid(
                message: fault.message,
                offset: fault.offset,
                unknown: ReportMessage.UnknownName(in: fault.message)
            )
    }
}

extension ReportMessage.UnknownName {
    /// The name that a message of SQLite's is about; nil where it is about something else.
    fileprivate init?(in message: String) {
        for kind in Kind.allCases {
            let beginning = "no such \(kind.rawValue): "
            guard message.hasPrefix(beginning) else { continue }
            self.init(kind: kind, name: String(message.dropFirst(beginning.count)))
            return
        }
        return nil
    }
}
