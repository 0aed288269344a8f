import Foundation
import GRDB

extension Row {
    /// A text's UTF-8 bytes without making a string of them; nil for NULL.
    func bytes(_ index: Int) throws -> [UInt8]? {
        try withUnsafeData(atIndex: index) { data in data.map { [UInt8]($0) } }
    }
}
