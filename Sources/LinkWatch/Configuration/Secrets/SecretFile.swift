import Foundation
import Locking

/// A secret's file with its last reading, which holds until the file is another one.
final class SecretFile: Sendable, Equatable {
    let path: String
    private let last = Locked<Reading?>(nil)

    private struct Reading {
        let secret: String
        let identity: BoundedFile.Identity
        let isSettled: Bool
    }

    /// Far more than any token; a bound for a path that names something else.
    static let maximumBytes = 64 << 10
    /// Two writings closer than the file system's clock ticks can leave the same times behind, so a reading so soon after
    /// a change does not hold.
    private static let settlingTime: Duration = .seconds(2)

    init(path: String) {
        self.path = path
    }

    static func == (lhs: SecretFile, rhs: SecretFile) -> Bool {
        lhs.path == rhs.path
    }

    func contents() throws(SecretError) -> String {
        try last.withLock { (last) throws(SecretError) -> String in
            if let last, last.isSettled, BoundedFile.identity(of: path) == last.identity { return last.secret }
            let reading = try read()
            last = reading
            return reading.secret
        }
    }

    private func read() throws(SecretError) -> Reading {
        let file: (bytes: [UInt8], identity: BoundedFile.Identity)
        do throws(BoundedFile.Failure) {
            file = try BoundedFile.read(path, limit: Self.maximumBytes, regularOnly: true)
        } catch {
            throw .unreadable(path: path, why: "\(error)")
        }
        guard let text = String(validating: file.bytes, as: UTF8.self) else { throw .malformed(path: path) }
        let now = Duration.seconds(Date().timeIntervalSince1970)
        return Reading(
            secret: try Self.checked(Self.trimmed(text), path: path),
            identity: file.identity,
            isSettled: now - max(file.identity.modified, file.identity.changed) > Self.settlingTime
        )
    }

    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars
        while scalars.last == "\n" || scalars.last == "\r" { scalars.removeLast() }
        return String(scalars)
    }

    static func checked(_ secret: String, path: String?) throws(SecretError) -> String {
        guard !secret.isEmpty else { throw .empty(path: path) }
        guard !secret.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .malformed(path: path)
        }
        return secret
    }
}
