@testable import HTTPServing

/// What must hold of the grammar of hosts.
enum AuthorityProperties {
    static func check(_ input: [UInt8]) {
        let bytes = "@".utf8 + input + "@".utf8
        let isValid = Authority.isValid(bytes.span, 1..<bytes.count - 1)
        Finding.unless(isValid == NaiveAuthority.isValid(input[...]), "\(input.shown) is an authority: \(isValid)")
    }
}
