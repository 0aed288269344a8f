package import HTTPTypes
import Locking

/// Finished bytes of one state of a resource (RFC 9110 §3.2), shared by all who ask for it.
///
/// The server answers `If-None-Match` and `If-Match` from its entity tags and picks its plain or its gzip form by
/// `Accept-Encoding`. The gzip form has a tag of its own (§8.8.3.3) and is made once, when first asked for.
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
    let plain: RepresentationForm
    private let compressed = Locked(Compressed.unmade)

    private enum Compressed: Sendable {
        case unmade
        case made(RepresentationForm)
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
    package init(
        contentType: String,
        body: [UInt8],
        etag: String? = nil,
        extraFields: HTTPFields = [:],
        compressible: Bool = true
    ) {
        let tag = etag.map(Self.opaque) ?? ContentDigest.hex(body)
        self.contentType = contentType
        self.body = body
        self.etag = tag
        self.extraFields = extraFields
        isCompressible = compressible && body.count >= Self.smallestCompressed
        plain = RepresentationForm(
            contentType: contentType,
            body: body,
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

    /// The gzip form, made now if it was not; nil where it would not be smaller.
    func compressedForm() -> RepresentationForm? {
        compressed.withLock { state in
            switch state {
            case .made(let form): return form
            case .useless: return nil
            case .unmade:
                guard let bytes = Gzip.compress(body), bytes.count < body.count else {
                    state = .useless
                    return nil
                }
                let form = RepresentationForm(
                    contentType: contentType,
                    body: bytes,
                    tag: etag + "-gzip",
                    coding: "gzip",
                    varies: true,
                    extraFields: extraFields
                )
                state = .made(form)
                return form
            }
        }
    }

    /// Whether asking for the gzip form costs no time to speak of.
    var isCompressedFormAtHand: Bool {
        compressed.withLock { state in
            if case .unmade = state { false } else { true }
        }
    }
}
