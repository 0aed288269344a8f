package import ClusterLinks
import GRDB

/// Why nothing can be replayed of a file.
package enum BacktestError: Error {
    /// The file cannot be read as an inventory's.
    case file(InventoryFileError)
    /// A newer linkwatch has changed the tables.
    case newer(path: String)
    /// The tables are those of a linkwatch before histories were kept as they are now.
    case older(path: String)
    /// The window ends before what is kept.
    case notKept(from: Instant)
}

extension BacktestError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .newer(let path): "\(path) was written by a newer linkwatch: replay it with that version"
        case .older(let path): "\(path) was written by an older linkwatch: start this version on it, or on a copy, once"
        case .notKept(let from): "the past is kept from \(from) on: ask for a window that ends later"
        }
    }
}
