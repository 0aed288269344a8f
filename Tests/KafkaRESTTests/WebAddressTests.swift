import Testing

@testable import KafkaREST

struct WebAddressTests {
    @Test(arguments: [
        ("https://h/b/links?page=2", "https://h/b/links?page=2"), ("https://h:443/x", "https://h/x"),
        ("HTTPS://H/x", "https://h/x"), ("//h/x", "https://h/x"), ("//other/x", "https://other/x"),
        ("/x?y", "https://h/x?y"),
        ("?page_token=a%2Fb", "https://h/b/links?page_token=a%2Fb"), ("links?p=2", "https://h/b/links?p=2"),
        ("more", "https://h/b/more"), ("#top", "https://h/b/links?page=1"), ("/x#top", "https://h/x"),
        ("?at=12:30", "https://h/b/links?at=12:30"), ("/a:b", "https://h/a:b"),
    ])
    func aReferenceIsFollowedFromWhereItStands(reference: String, target: String) throws {
        let address = try WebAddress(parsing: "https://h/b/links?page=1")
        #expect(try address.resolving(reference).text == target)
    }

    @Test(arguments: [
        ("javascript:alert(1)", AddressError.notHTTP), ("mailto:a", .notHTTP), ("https://u:p@h/x", .userInfo),
        ("//u@h/", .userInfo), ("a b", .illegalCharacter), ("/\u{202E}", .illegalCharacter), ("https://", .host),
    ])
    func aReferenceToNowhereIsRefused(reference: String, error: AddressError) throws {
        let address = try WebAddress(parsing: "https://h/b/links")
        #expect(throws: error) { try address.resolving(reference) }
    }
}
