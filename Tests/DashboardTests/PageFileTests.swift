import Dashboard
import Foundation
import FoundationNetworking
import HTTPServing
import Testing

/// What the page's files are, and how they are served.
struct PageFileTests {
    private static let paths = Dashboard.routes.map(\.template)

    @Test(arguments: paths)
    func aFileIsServedWithItsTypeAndUnderTheStrictPolicy(_ path: String) async throws {
        try await withPage { page in
            let answer = try await fetch(page, path)
            #expect(answer.status == 200)
            #expect(!answer.body.isEmpty)
            let type = try #require(answer["Content-Type"])
            #expect(["text/html", "text/css", "text/javascript", "image/svg+xml"].contains { type.hasPrefix($0) })
            #expect(answer["X-Content-Type-Options"] == "nosniff")
            #expect(answer["Referrer-Policy"] == "no-referrer")
            #expect(answer["X-Frame-Options"] == "DENY")
            let policy = try #require(answer["Content-Security-Policy"]).components(separatedBy: "; ")
            for directive in [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
                "img-src 'self' data:", "frame-ancestors 'none'", "base-uri 'none'",
            ] {
                #expect(policy.contains(directive))
            }
        }
    }

    @Test(arguments: paths)
    func aFileIsRevalidatedByAStrongTag(_ path: String) async throws {
        try await withPage { page in
            let first = try await fetch(page, path)
            let tag = try #require(first["ETag"])
            #expect(tag.hasPrefix("\""), "a weak tag would not do for byte-equal files")
            #expect(first["Cache-Control"] == "no-cache")
            let second = try await fetch(page, path, fields: ["If-None-Match": tag])
            #expect(second.status == 304)
            #expect(second.body.isEmpty)
        }
    }

    @Test func theShellIsServedForAnyQuery() async throws {
        try await withPage { page in
            let answer = try await fetch(page, "/?cluster=lkc-1&link=%2F")
            #expect(answer.status == 200)
        }
    }

    @Test func everyFileThatIsNamedExistsAndEveryFileIsNamed() async throws {
        try await withPage { page in
            var named: Set<String> = ["/"]
            for path in Self.paths {
                let text = String(decoding: try await fetch(page, path).body, as: UTF8.self)
                named.formUnion(text.matches(of: /(?:src|href)="(assets\/[^"]+)"/).map { "/" + $0.output.1 })
                named.formUnion(text.matches(of: /from '\.\/([^']+)'/).map { "/assets/" + $0.output.1 })
            }
            #expect(named == Set(Self.paths))
        }
    }

    @Test(arguments: paths)
    func noFileAsksAnyoneElseOrReadsTextAsMarkup(_ path: String) async throws {
        try await withPage { page in
            let text = String(decoding: try await fetch(page, path).body, as: UTF8.self)
                .replacing("http://www.w3.org/2000/svg", with: "")
            for door in ["://", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"]
            {
                #expect(!text.contains(door), "\(door)")
            }
            #expect(text.firstMatch(of: #/ style="| on[a-z]+="/#) == nil)
        }
    }

    private struct Answer {
        let status: Int
        let body: Data
        let response: HTTPURLResponse

        subscript(_ field: String) -> String? { response.value(forHTTPHeaderField: field) }
    }

    private func fetch(_ page: Page, _ path: String, fields: [String: String] = [:]) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: page.base + path)))
        request.cachePolicy = .reloadIgnoringLocalCacheData
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let (body, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return Answer(status: answer.statusCode, body: body, response: answer)
    }
}
