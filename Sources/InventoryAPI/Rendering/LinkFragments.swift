import ClusterLinks
import ExactJSON
import Inventory
import Locking

/// The JSON of every listed link, encoded once for each version: a list is a join of these.
final class LinkFragments: Sendable {
    private struct Fragment {
        let counterpart: Counterpart?
        let bytes: [UInt8]
    }

    private struct Shelf {
        let view: ClusterView
        var fragments: [ObjectIdentifier: Fragment] = [:]
    }

    private let shelves = Locked<[ClusterID: Shelf]>([:])

    /// The JSON of a link as `/api/v1` shows it; made anew where it got another counterpart.
    func fragment(of record: LinkRecord, in view: ClusterView, counterpart: Counterpart?) -> [UInt8] {
        shelves.withLock { shelves in
            if shelves[view.id]?.view !== view { shelves[view.id] = Self.successor(of: shelves[view.id], for: view) }
            let key = ObjectIdentifier(record)
            if let known = shelves[view.id]?.fragments[key], known.counterpart == counterpart { return known.bytes }
            let link = PresentableLink(record, in: view).with(counterpart: counterpart)
            let bytes = LinkJSON.bytes(of: link)
            shelves[view.id]?.fragments[key] = Fragment(counterpart: counterpart, bytes: bytes)
            return bytes
        }
    }

    /// What of a cluster's fragments holds in its next view: those of the records that are still the same objects, unless
    /// something changed that every link of the cluster shows.
    private static func successor(of shelf: Shelf?, for view: ClusterView) -> Shelf {
        var successor = Shelf(view: view)
        guard let shelf, shelf.view.description == view.description, shelf.view.isStale == view.isStale,
            shelf.view.isConfigured == view.isConfigured
        else { return successor }
        for record in view.links {
            successor.fragments[ObjectIdentifier(record)] = shelf.fragments[ObjectIdentifier(record)]
        }
        return successor
    }
}
