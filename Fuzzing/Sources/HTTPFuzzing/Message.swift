import HTTPTypes

@testable import HTTPServing

/// A request as a value that can be compared, whoever read it.
struct Message: Equatable {
    struct Field: Equatable {
        var name: [UInt8]
        var value: [UInt8]
    }

    enum Target: Equatable {
        case origin(path: [UInt8], query: [UInt8]?)
        case absolute(authority: [UInt8], path: [UInt8], query: [UInt8]?)
        case asterisk
    }

    var method: String
    var target: Target
    var isHTTP11: Bool
    var fields: [Field] = []
    var framing: RequestHead.Framing = .none
    var keepsAlive = true
    var expectsContinue = false
    var body: [UInt8] = []
}

extension Message {
    /// Takes what the parser handed out.
    ///
    /// This is all the fuzzer knows of a head's inside.
    init(_ head: RequestHead, body: [UInt8] = []) {
        func bytes(_ slice: Slice) -> [UInt8] { Array(head.bytes[slice.range]) }
        let path = bytes(head.target.path)
        let query = head.target.query.map(bytes)
        target =
            switch head.target.form {
            case .origin: .origin(path: path, query: query)
            case .absolute: .absolute(authority: head.target.authority.map(bytes) ?? [], path: path, query: query)
            case .asterisk: .asterisk
            }
        method = head.method.rawValue
        isHTTP11 = head.minorVersion == 1
        fields = head.lines.map { Field(name: bytes($0.name), value: bytes($0.value)) }
        framing = head.framing
        keepsAlive = head.keepsAlive
        expectsContinue = head.expectsContinue
        self.body = body
    }

    /// The shortest bytes that say the same.
    var serialized: [UInt8] {
        var bytes = Array("\(method) ".utf8)
        switch target {
        case .asterisk: bytes += "*".utf8
        case .origin(let path, let query): bytes += path + (query.map { "?".utf8 + $0 } ?? [])
        case .absolute(let authority, let path, let query):
            bytes += "http://".utf8 + authority + path + (query.map { "?".utf8 + $0 } ?? [])
        }
        bytes += " HTTP/1.\(isHTTP11 ? 1 : 0)\r\n".utf8
        for field in fields { bytes += field.name + ":".utf8 + field.value + "\r\n".utf8 }
        bytes += "\r\n".utf8
        guard framing == .chunked else { return bytes + body }
        if !body.isEmpty { bytes += "\(String(body.count, radix: 16))\r\n".utf8 + body + "\r\n".utf8 }
        return bytes + "0\r\n\r\n".utf8
    }
}

extension Message: CustomStringConvertible {
    /// What a complaint shows.
    var description: String {
        "\(serialized.shown) (\(framing), \(keepsAlive ? "lasting" : "closing")\(expectsContinue ? ", waiting for 100" : ""))"
    }
}
