/// The bodies that a Kafka REST server sends instead of an answer.
enum ErrorBody {
    /// `{"error_code", "message"}`; the message may be null.
    static func json(code: Int, message: String?) -> WireValue {
        ["error_code": .integer(code), "message": .text(message)]
    }

    /// The page of the Jetty container before Kafka REST is reached: 401 and 429 in reality.
    static func page(status: Int, phrase: String, path: String) -> [UInt8] {
        let rows = [("URI", path), ("STATUS", String(status)), ("MESSAGE", phrase), ("SERVLET", "default")]
            .map { "<tr><th>\($0):</th><td>\(escaped($1))</td></tr>\n" }
            .joined()
        let page = """
            <html>
            <head><title>Error \(status) \(phrase)</title></head>
            <body><h2>HTTP ERROR \(status) \(phrase)</h2>
            <table>
            \(rows)</table>
            </body>
            </html>

            """
        return Array(page.utf8)
    }

    /// The `error_code` a server most often sends with a status (Kafka REST's own numbering).
    static func usualCode(for status: Int) -> Int {
        switch status {
        case 400: 40002
        case 401: 40101
        case 403: 40301
        case 500: 50002
        case 503: 50302
        default: status
        }
    }

    /// The reason phrase of the statuses that occur here (RFC 9110 §15).
    static func phrase(for status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 408: "Request Timeout"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Status \(status)"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { output, character in
            switch character {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            default: output.append(character)
            }
        }
    }
}
