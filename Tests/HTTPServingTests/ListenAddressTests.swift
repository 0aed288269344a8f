import HTTPServing
import Testing

struct ListenAddressTests {
    @Test(
        arguments: [
            ("127.0.0.1:8080", .ip(host: "127.0.0.1", port: 8080)), ("[::1]:80", .ip(host: "::1", port: 80)),
            (":8080", .ip(host: "", port: 8080)), ("localhost:0", .ip(host: "localhost", port: 0)),
            ("unix:/run/x.sock", .unix(path: "/run/x.sock")), ("systemd", .systemd(name: nil)),
            ("systemd:web.socket", .systemd(name: "web.socket")), ("systemd:8080", .systemd(name: "8080")),
        ] as [(String, ListenAddress)]
    )
    func `an address is read`(_ text: String, _ address: ListenAddress) throws {
        #expect(try ListenAddress(parsing: text) == address)
        #expect(address.description == text)
    }

    @Test(
        arguments: [
            ("8080", .missingPort("8080")), ("[::1]", .missingPort("[::1]")), ("localhost:", .badPort("localhost:")),
            ("localhost:http", .badPort("localhost:http")),
            ("h:65536", .badPort("h:65536")), ("h:-1", .badPort("h:-1")), ("::1:80", .unbracketedIPv6("::1:80")),
            ("[h]:80", .badHost("[h]:80")), ("a b:80", .badHost("a b:80")), ("unix:", .missingPath("unix:")),
            ("systemd:", .badName("systemd:")), ("systemd:a:b", .badName("systemd:a:b")),
            ("systemd:\u{7}", .badName("systemd:\u{7}")),
        ] as [(String, ListenAddressError)]
    )
    func `a text that is none is refused with the reason`(_ text: String, _ error: ListenAddressError) {
        #expect(throws: error) { try ListenAddress(parsing: text) }
        #expect(error.description == "listen address \"\(text)\": \(error.sentence)")
    }
}
