@testable import HTTPServing

/// All that a parser told about a stream of bytes.
struct Account: Equatable {
    enum Step: Equatable {
        case expectsContinue(Message)
        case request(Message)
    }

    enum End: Equatable {
        case waiting(RequestParser.Waiting)
        case refused(RequestRefusal)
    }

    var steps: [Step] = []
    var end = End.waiting(.request)
}

extension RequestParser {
    /// Takes one piece and tells the steps it leads to.
    mutating func take(_ piece: ArraySlice<UInt8>, into account: inout Account) {
        piece.withUnsafeBytes { append($0) }
        drain(into: &account)
    }

    mutating func drain(into account: inout Account) {
        while true {
            switch next() {
            case .incomplete:
                account.end = .waiting(waiting)
                return
            case .refused(let refusal):
                account.end = .refused(refusal)
                return
            case .expectsContinue(let head): account.steps.append(.expectsContinue(Message(head)))
            case .request(let head, let body): account.steps.append(.request(Message(head, body: body)))
            }
        }
    }
}
