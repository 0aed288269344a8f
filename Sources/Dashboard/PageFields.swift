import HTTPTypes

/// What keeps a browser from doing more with the page than was meant, besides `nosniff`, which every answer has.
enum PageFields {
    /// Every file has them, for each can be opened by itself.
    static let all: HTTPFields = {
        var fields: HTTPFields = [.contentSecurityPolicy: policy]
        for (name, value) in others {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }()

    /// Content Security Policy Level 3, and Trusted Types, by which a browser refuses to read text as markup at all.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")

    private static let others = [
        ("Referrer-Policy", "no-referrer"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}
