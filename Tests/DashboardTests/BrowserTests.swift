import Foundation
import HTTPServing
import HTTPTypes
import Testing

/// The page in a real browser.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct BrowserTests {
    @Test func showsTheLinksTroubleFirst() async throws {
        let fleet = TestFleet([
            TestFleet.Link("quiet-link"),
            .broken("orders-dr", code: "AUTHENTICATION_ERROR", message: "the key was deleted"),
        ])
        try await withPage(of: fleet) { page in
            let document = try await Chromium().document(at: page.base + "/")
            let text = document.withoutMarkup
            #expect(text.contains("AUTHENTICATION_ERROR"))
            #expect(text.contains("the key was deleted"))
            #expect(text.contains("orders-eu"))
            #expect(document.contains("<title>(1) linkwatch</title>"))
            let broken = try #require(text.range(of: "orders-dr"))
            let quiet = try #require(text.range(of: "quiet-link"))
            #expect(broken.lowerBound < quiet.lowerBound)
        }
    }

    @Test func aHostileNameIsTextAndRunsNothing() async throws {
        let name = "<img src=x onerror=alert(1)>"
        let fleet = TestFleet([
            .broken(name, code: "<script>fetch('/stolen')</script>", message: "\u{202E}<b>turned</b>\u{0000}")
        ])
        try await withPage(of: fleet) { page in
            for query in ["", "?cluster=lkc-test", "?cluster=lkc-test&link=\(name.percentEncoded)"] {
                let document = try await Chromium().document(at: page.base + "/" + query)
                #expect(document.contains("&lt;img src=x onerror=alert(1)&gt;"), "\(query)")
                #expect(!document.contains("<img"))
                #expect(!document.contains("<script>"))
                #expect(!document.contains("<b>turned"))
                #expect(document.contains(#"\u{202e}&lt;b&gt;turned&lt;/b&gt;\u{0}"#))
            }
            #expect(
                !page.answers.contains { $0.hasPrefix("404") },
                "nothing was fetched that the page does not ask for"
            )
            #expect(fleet.namesAskedFor.contains(name))
        }
    }

    @Test func anyNameReachesItsLink() async throws {
        let names = [
            "a/b", "100%", "ümlaut und Leerzeichen", "a?b=c#d", "%2F", "..dots..", #"q"uote's"#, "<b>", "+", "a,b",
            "\\",
        ]
        let fleet = TestFleet(names.map { .broken($0, code: "E", message: "") })
        try await withPage(of: fleet) { page in
            _ = try await Chromium().document(at: page.base + "/")
            #expect(Set(fleet.namesAskedFor) == Set(names))
            #expect(fleet.namesAskedFor.count == names.count, "asked once, for nothing changes")
        }
    }

    @Test func tellsEpisodesAndWhatChanged() async throws {
        try await withPage(of: TestFleet([TestFleet.Link("orders-dr")])) { page in
            let text = try await Chromium().document(at: page.base + "/?cluster=lkc-test&link=orders-dr").withoutMarkup
            for fact in [
                "42 min", "the key was deleted", "PAUSED → ACTIVE", "+ returns", "− refunds", "2026-11-22 17:00:00",
            ] {
                #expect(text.contains(fact), "\(fact)")
            }
        }
    }

    @Test func tellsSinceWhenALinkIsInErrorWhateverItsCodeWas() async throws {
        let fleet = TestFleet([.broken("orders-dr", code: "TIMEOUT_ERROR", message: "")])
        try await withPage(of: fleet) { page in
            for query in ["", "?cluster=lkc-test&link=orders-dr"] {
                let document = try await Chromium().document(at: page.base + "/" + query)
                // The table tells nothing else of that instant; the list of episodes tells it without an age.
                let beginning = /<time datetime="2026-11-22T17:00:00.000Z"[^>]* data-age="length"/
                #expect(document.contains(beginning), "\(query)")
            }
        }
    }

    @Test func tellsHowAClustersPollsGo() async throws {
        try await withPage(of: TestFleet([TestFleet.Link("orders-dr")], isStale: true)) { page in
            let text = try await Chromium().document(at: page.base + "/?cluster=lkc-test").withoutMarkup
            for fact in [
                "1 cluster of 1 cannot be read", "4 polls failed", "no answer within 10 s", "kafka.example",
                "orders-dr",
            ] {
                #expect(text.contains(fact), "\(fact)")
            }
        }
    }

    @Test func filtersByTheAddress() async throws {
        let fleet = TestFleet([
            TestFleet.Link("first"), .broken("second", code: "E", message: ""),
            .broken("third", code: "E", message: ""),
        ])
        try await withPage(of: fleet) { page in
            let document = try await Chromium().document(at: page.base + "/?health=error&q=thi")
            #expect(document.withoutMarkup.contains("third"))
            #expect(!document.withoutMarkup.contains("second"))
            #expect(!document.withoutMarkup.contains("first"))
        }
    }

    @Test func anUnchangedFleetCostsNoBody() async throws {
        try await withPage(of: TestFleet([TestFleet.Link("orders-dr")])) { page in
            let document = try await Chromium().document(at: page.base + "/", after: .seconds(12))
            #expect(document.withoutMarkup.contains("orders-dr"))
            #expect(page.answers.contains("304 /api/v1/links"))
            #expect(page.answers.count { $0 == "200 /api/v1/links" } == 4, "one for each health")
        }
    }

    @Test(arguments: [
        (
            Problem(status: .serviceUnavailable, detail: "stopping") as any Error,
            "linkwatch fails: it answered with status 503"
        ),
        (ConnectionAbort(), "linkwatch cannot be reached: the connection failed"),
    ])
    func saysPlainlyThatTheServiceFails(_ failure: any Error, _ words: String) async throws {
        let fleet = TestFleet([TestFleet.Link("orders-dr")]) { number in number > 1 ? failure : nil }
        try await withPage(of: fleet) { page in
            let text = try await Chromium().document(at: page.base + "/", after: .seconds(12)).withoutMarkup
            #expect(text.contains(words))
            #expect(text.contains("may no longer be true"))
            #expect(text.contains("orders-dr"), "what was known stays")
        }
    }

    @Test func asksForATokenWhereOneIsNeeded() async throws {
        let fleet = TestFleet([TestFleet.Link("orders-dr")]) { _ in
            Problem(
                status: .unauthorized,
                detail: "send a token",
                fields: [.wwwAuthenticate: #"Basic realm="linkwatch""#]
            )
        }
        try await withPage(of: fleet) { page in
            let text = try await Chromium().document(at: page.base + "/").withoutMarkup
            #expect(text.contains("This service wants a token"))
            #expect(!text.contains("orders-dr"))
        }
    }
}

extension String {
    /// What a reader sees of a document: its text, with the tags taken out.
    fileprivate var withoutMarkup: String {
        replacing(/<(script|style|head)[^>]*>.*?<\/\1>/.dotMatchesNewlines(), with: "")
            .replacing(/<[^>]*>/, with: "")
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    fileprivate var percentEncoded: String {
        utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return byte < 0x10 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
