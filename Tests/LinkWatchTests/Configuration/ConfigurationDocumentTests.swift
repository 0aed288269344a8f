import Foundation
import Testing

@testable import LinkWatch

struct ConfigurationDocumentTests {
    private struct Row {
        let key: String
        /// The value of the column, where it is one and no sentence.
        let value: String?
    }

    private func rows() throws -> [Row] {
        let text = try String(contentsOf: URL(filePath: sampleFolder + "../docs/configuration.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^\| `([^`]+)` \|(?: `"?([^`"]+)"?` \|)?/#)
                .map { Row(key: String($0.1), value: $0.2.map(String.init)) }
        }
    }

    @Test func `every key is documented once, and nothing is that cannot be given`() throws {
        let documented = try rows().map(\.key)
        #expect(Set(documented).count == documented.count)
        let sample = try SampleKeys()
        // The document says that receivers take these as clusters do.
        let shared = sample.known.filter { $0.firstMatch(of: #/notify\[\]\.\w+\.(auth|tls|proxy)/#) != nil }
        // The keys of labels are anybody's own.
        let keys = sample.known.union(sample.given.keys).filter { $0.firstMatch(of: #/labels\./#) == nil }
        #expect(keys.subtracting(documented).subtracting(shared).sorted() == [])
        #expect(Set(documented).subtracting(keys).sorted() == [])
    }

    @Test func `the defaults are those of the sample, which are the real ones`() throws {
        let sample = try SampleKeys()
        for row in try rows() {
            // What the sample says of an item of a list is an example.
            guard let value = row.value, !row.key.contains("[]"), case .some(.some(let real)) = sample.given[row.key]
            else { continue }
            #expect(value == real, "\(row.key)")
        }
    }
}
