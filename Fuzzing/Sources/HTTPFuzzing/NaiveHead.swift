@testable import HTTPServing

/// A head read line by line for the second opinion; each line is judged by itself, the head at its end.
struct NaiveHead {
    private(set) var message: Message

    init(requestLine: ArraySlice<UInt8>) throws(NaiveReading.End) {
        // RFC 9112 §3: two single spaces.
        let words = requestLine.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3 else { throw .refused([400]) }
        let method = String(decoding: words[0], as: UTF8.self)
        var complaints: Set<Int> = []
        if !words[0].isToken { complaints.insert(400) }
        // RFC 9110 §9.3.6: no tunnels here.
        if method == "CONNECT" { complaints.insert(501) }
        // RFC 9112 §2.3.
        let version = Array(words[2])
        if version.count == 8, version.starts(with: "HTTP/".utf8), version[5...5].isDigits, version[6] == 0x2E,
            version[7...7].isDigits
        {
            if version[5] != UInt8(ascii: "1") { complaints.insert(505) }
        } else {
            complaints.insert(400)
        }
        let target = Message.Target(naively: words[1])
        if target == nil { complaints.insert(400) }
        // RFC 9112 §3.2.4.
        if target == .asterisk, method != "OPTIONS" { complaints.insert(400) }
        guard complaints.isEmpty, let target else { throw .refused(complaints) }
        message = Message(method: method, target: target, isHTTP11: version.last != UInt8(ascii: "0"))
    }

    mutating func take(_ line: ArraySlice<UInt8>) throws(NaiveReading.End) {
        guard let field = Message.Field(naively: line) else { throw .refused([400]) }
        let isRepeated = !values(of: field.lowercasedName).isEmpty
        message.fields.append(field)
        switch field.lowercasedName {
        // RFC 9112 §3.2.
        case "host": if isRepeated || !NaiveAuthority.isValid(field.value[...]) { throw .refused([400]) }
        // RFC 9112 §6.3, and no lists of equal lengths.
        case "content-length": if isRepeated || !field.value.isDigits { throw .refused([400]) }
        default: break
        }
    }

    func finish(bodyLimit: Int) throws(NaiveReading.End) -> Message {
        var message = message
        var complaints: Set<Int> = []
        if message.isHTTP11, values(of: "host").isEmpty { complaints.insert(400) }
        if let length = values(of: "content-length").first {
            let count = Int(String(decoding: length, as: UTF8.self)) ?? Int.max
            message.framing = .length(count)
            if count > bodyLimit { complaints.insert(413) }
        }
        let codings = elements(of: "transfer-encoding")
        if !values(of: "transfer-encoding").isEmpty {
            // RFC 9112 §6.1, §6.3.
            if message.framing != .none || !message.isHTTP11 { complaints.insert(400) }
            if codings.last != "chunked" || codings.dropLast().contains("chunked") { complaints.insert(400) }
            if codings.contains(where: { $0 != "chunked" }) { complaints.insert(501) }
            message.framing = .chunked
        }
        // RFC 9112 §9.3.
        let options = elements(of: "connection")
        message.keepsAlive = !options.contains("close") && (message.isHTTP11 || options.contains("keep-alive"))
        // RFC 9110 §10.1.1.
        let expectations = values(of: "expect").map { String(decoding: $0, as: UTF8.self).lowercasedASCII }
        if message.isHTTP11 {
            if expectations.contains(where: { $0 != "100-continue" }) { complaints.insert(417) }
            let hasBody = message.framing != .none && message.framing != .length(0)
            message.expectsContinue = hasBody && !expectations.isEmpty
        }
        guard complaints.isEmpty else { throw .refused(complaints) }
        return message
    }

    private func values(of name: String) -> [[UInt8]] {
        message.fields.filter { $0.lowercasedName == name }.map(\.value)
    }

    /// RFC 9110 §5.6.1: all lines are one list, empty elements are none.
    private func elements(of name: String) -> [String] {
        values(of: name).flatMap { $0.split(separator: UInt8(ascii: ",")) }
            .map { String(decoding: $0.withoutBlanks, as: UTF8.self).lowercasedASCII }
            .filter { !$0.isEmpty }
    }
}
