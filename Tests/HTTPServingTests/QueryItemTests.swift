import HTTPServing
import HTTPTypes
import Testing

struct QueryItemTests {
    @Test(
        arguments: [
            ("/", []), ("/?", []), ("/?a", [.init(name: "a", value: "")]),
            ("/?a=1&a=2", [.init(name: "a", value: "1"), .init(name: "a", value: "2")]),
            ("/?a=b=c", [.init(name: "a", value: "b=c")]), ("/?&&a=1&", [.init(name: "a", value: "1")]),
            ("/?a+b=c%2Bd+e", [.init(name: "a b", value: "c+d e")]),
            ("/?%C3%A4=%F0%9F%98%80", [.init(name: "ä", value: "😀")]),
            ("/?a=%2526", [.init(name: "a", value: "%26")]), ("/?=x", [.init(name: "", value: "x")]),
            ("/?a=?", [.init(name: "a", value: "?")]),
        ] as [(String, [QueryItem])]
    )
    func `items are decoded once, in their order`(_ target: String, _ items: [QueryItem]) throws {
        #expect(try Request.make(target: target).queryItems() == items)
    }

    @Test(arguments: ["/?a=%", "/?a=%4", "/?%zz", "/?a=%ff", "/?a=%00", "/?a=%C3"])
    func `what cannot be decoded is a bad request`(_ target: String) {
        #expect {
            try Request.make(target: target).queryItems()
        } throws: { error in
            (error as? any ProblemError)?.problem.status == .badRequest
        }
    }
}
