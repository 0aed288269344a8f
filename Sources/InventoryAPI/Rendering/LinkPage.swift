import ExactJSON
import HTTPServing

/// One page of a list of links: takes every link that the filters admit, in any order, and shows those that are its own.
struct LinkPage {
    private typealias Item = (link: PresentableLink, write: (inout [UInt8]) -> Void)

    /// About how many bytes a link takes.
    private static let expected = 1280

    private let order: LinkOrder
    private let limit: Int
    private let cursor: Cursor?
    private var items: [Item] = []

    init(_ question: Question) throws {
        order = try LinkOrder(question)
        limit = try question.limit
        cursor = try Cursor(of: question, parts: order.keyParts)
    }

    /// The cluster that the page begins in or after; nil where it begins at the first, or is in another order.
    var firstCluster: String? { order.isNatural ? cursor?.key.first : nil }

    /// Whether nothing that comes later in order of the clusters can stand on the page.
    var isFull: Bool { order.isNatural && items.count > limit }

    /// Takes a link in, unless it stands on an earlier page.
    /// - Parameter write: appends its JSON; asked for only if it is shown.
    mutating func offer(_ link: PresentableLink, write: @escaping (inout [UInt8]) -> Void) {
        if let cursor, !order.precedes(cursor.key, link) { return }
        items.append((link, write))
    }

    /// - Parameters:
    ///   - more: further members beside the list.
    ///   - isSentOften: whether it is kept for whoever asks the same.
    func representation(
        for question: Question,
        sequence: Int64,
        more: JSONObject = [:],
        isSentOften: Bool = true
    ) -> Representation {
        let sorted = order.sorted(items) { $0.link }
        let shown = sorted.prefix(limit)
        let next =
            shown.count < sorted.count
            ? shown.last.map { Cursor(key: order.key(of: $0.link)).text(for: question) } : nil
        return JSONAnswer.representation(
            JSONList.encoded(shown, nextCursor: next, more: more, size: 256 + shown.count * Self.expected) {
                $0.write(&$1)
            },
            sequence: sequence,
            isSentOften: isSentOften
        )
    }
}
