import ClusterLinks
import ExactJSON

/// The pages of one list in the order in which they lead to each other: where to go next and what has been read.
struct PageTrail: Sendable {
    enum Step: Hashable {
        case taken
        /// The page is the whole of the list that the caller knows.
        case unchanged
    }

    /// Nil at the end.
    private(set) var next: WebAddress?
    private let limits: Limits
    private var visited: Set<WebAddress> = []
    private var bytes = 0
    private var pages: [JSONValue] = []
    private var digests: [ContentDigest] = []
    private var last: Answer?

    init(from start: WebAddress, limits: Limits) {
        next = start
        self.limits = limits
    }

    /// Takes the answer that came from the address that was `next`.
    ///
    /// A list of one page has that page's digest, and one of several a digest that no page can have: so a first page with
    /// the known digest is known to be the last one, too.
    mutating func take(
        _ answer: Answer,
        from address: WebAddress,
        unlessDigest known: ContentDigest?
    ) throws(PollFailure) -> Step {
        bytes += answer.body.count
        guard bytes <= limits.bytes else {
            throw PollFailure(
                .tooLarge,
                httpStatus: answer.status,
                message: "the list is larger than \(limits.bytes) bytes"
            )
        }
        let digest = ContentDigest(of: answer.body)
        if digests.isEmpty, digest == known { return .unchanged }
        digests.append(digest)
        let page = LinkListPage(try answer.json())
        pages.append(page.value)
        last = answer
        next = try following(page.next, from: address, in: answer)
        return .taken
    }

    private mutating func following(
        _ next: LinkListPage.Next,
        from address: WebAddress,
        in answer: Answer
    ) throws(PollFailure) -> WebAddress? {
        visited.insert(address)
        let reference: String
        switch next {
        case .none: return nil
        case .unreadable: throw answer.malformed("metadata.next is no address")
        case .reference(let text): reference = text
        }
        let target: WebAddress
        do throws(AddressError) {
            target = try address.resolving(reference)
        } catch {
            throw answer.malformed("metadata.next cannot be followed: \(error)")
        }
        guard target.origin == address.origin else {
            throw answer.malformed("metadata.next leads to another origin, \(target.origin.host):\(target.origin.port)")
        }
        guard !visited.contains(target) else {
            throw answer.malformed("metadata.next leads back to a page already read")
        }
        guard visited.count < limits.pages else {
            throw answer.malformed("the list has more than \(limits.pages) pages")
        }
        return target
    }

    /// The links on all pages.
    func list() throws(PollFailure) -> LinkList {
        do throws(MalformedList) {
            return try LinkList(pages: pages)
        } catch {
            guard let last else { throw PollFailure(.malformed, message: "\(error)") }
            throw last.malformed("\(error)", in: pages.last)
        }
    }

    /// Tells this list's bytes from any other's.
    var digest: ContentDigest {
        if digests.count == 1 { return digests[0] }
        return ContentDigest(of: Array("pages of a list\n".utf8) + digests.flatMap(\.bytes))
    }
}
