package import HTTPTypes
import Locking

/// Finished bytes of one state of a resource (RFC 9110 §3.2), shared by all who ask for it.
///
/// The server answers `If-None-Match` and `If-Match` from its entity tags and picks its plain or its gzip form by
/// `Accept-Encoding`. The gzip form has a tag of its own (§8.8.3.3) and is made once, when first asked for, off the event queue.
package final class Representation: Sendable {
    /// The media type of the body.
    package let contentType: String
    /// The body in its plain form.
    package let body: [UInt8]
    /// The opaque part of the plain form's entity tag, without quotes.
    package let etag: String
    let extraFields: HTTPFields
    /// Whether a gzip form is offered.
    let isCompressible: Bool
    private let isSentOften: Bool
    let plain: RepresentationForm
    private let compression = Locked(Compression.unmade)

    private enum Compression {
        case unmade
        case making([CheckedContinuation<Void, Never>])
        case made(RepresentationForm)
        /// The gzip form would not be smaller.
        case useless
    }

    /// Bodies below this gain nothing from a coding: the frame alone takes 18 bytes, and all fits into one packet anyway.
    private static let smallestCompressed = 512

    /// Makes a representation.
    ///
    /// - Parameters:
    ///   - contentType: the media type of the body.
    ///   - body: the bytes in their plain form.
    ///   - etag: the opaque part of the entity tag, without quotes; by default made of the bytes.
    ///   - extraFields: fields of every answer; a `Cache-Control` here takes the place of `no-cache`.
    ///   - compressible: false for bytes that are compressed already.
    ///   - isSentOften: whether it is kept for many requests, so that a large body is worth a file that the kernel sends from.
    package init(
        contentType: String,
        body: [UInt8],
        etag: String? = nil,
        extraFields: HTTPFields = [:],
        compressible: Bool = true,
        isSentOften: Bool = false
    ) {
        let tag = etag.map(Self.opaque) ?? ContentDigest.hex(body)
        self.contentType = contentType
        self.body = body
        self.etag = tag
        self.extraFields = extraFields
        self.isSentOften = isSentOften
        isCompressible = compressible && body.count >= Self.smallestCompressed
        plain = RepresentationForm(
            contentType: contentType,
            body: body,
            isSentOften: isSentOften,
            tag: tag,
            coding: nil,
            varies: isCompressible,
            extraFields: extraFields
        )
    }

    /// RFC 9110 §8.8.3: `etagc` has neither quotes, nor blanks, nor controls.
    private static func opaque(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }, as: UTF8.self)
    }

    /// The gzip form; nil where it is not made, or would not be smaller.
    var compressedForm: RepresentationForm? {
        compression.withLock { if case .made(let form) = $0 { form } else { nil } }
    }

    /// Whether `compress()` has nothing to do.
    var isCompressedFormAtHand: Bool {
        compression.withLock { state in
            switch state {
            case .unmade, .making: false
            case .made, .useless: true
            }
        }
    }

    /// Makes the gzip form, or waits until whoever makes it already has done so.
    ///
    /// Takes about 15 ms for each megabyte, so it is never called on an event queue.
    @concurrent
    func compress() async {
        let isMine = compression.withLock { state in
            guard case .unmade = state else { return false }
            state = .making([])
            return true
        }
        guard isMine else { return await compressionMade() }
        let made = Gzip.compress(body).flatMap { $0.count < body.count ? form(compressed: $0) : nil }
        let waiters = compression.withLock { state -> [CheckedContinuation<Void, Never>] in
            defer { state = made.map(Compression.made) ?? .useless }
            guard case .making(let waiters) = state else { return [] }
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func compressionMade() async {
        await withCheckedContinuation { continuation in
            let isMade = compression.withLock { state in
                guard case .making(let waiters) = state else { return true }
                state = .making(waiters + [continuation])
                return false
            }
            if isMade { continuation.resume() }
        }
    }

    private func form(compressed bytes: [UInt8]) -> RepresentationForm {
        RepresentationForm(
            contentType: contentType,
            body: bytes,
            isSentOften: isSentOften,
            tag: etag + "-gzip",
            coding: "gzip",
            varies: true,
            extraFields: extraFields
        )
    }
}
