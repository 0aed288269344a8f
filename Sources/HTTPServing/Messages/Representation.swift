package import HTTPTypes

/// One state of a resource (RFC 9110 §3.2) in finished bytes, shared by all who ask for it.
///
/// The server answers `If-None-Match` and `If-Match` from its entity tags and picks its plain or its gzip form by
/// `Accept-Encoding`. The gzip form has a tag of its own (§8.8.3.3). A form is made once, when it is first asked for, off the
/// event queue.
package final class Representation: Sendable {
    /// How many bytes the body has in its plain form.
    package let length: Int
    /// The opaque part of the plain form's entity tag, without quotes.
    package let etag: String
    /// Whether a gzip form is offered.
    let isCompressible: Bool
    let plain: FormOnDemand
    let gzip: FormOnDemand

    /// Bodies below this gain nothing from a coding: the frame alone takes 18 bytes, and all fits into one packet anyway.
    private static let smallestCompressed = 512

    /// Makes a representation of bytes that are one whole.
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
        length = body.count
        self.etag = etag.map(Self.opaque) ?? ContentDigest.hex(body)
        let isCompressible = compressible && body.count >= Self.smallestCompressed
        self.isCompressible = isCompressible
        let frame = RepresentationForm.Frame(
            contentType: contentType,
            tag: self.etag,
            isSentOften: isSentOften,
            varies: isCompressible,
            extraFields: extraFields
        )
        plain = FormOnDemand(RepresentationForm(frame, plain: body))
        gzip = FormOnDemand {
            Gzip.compress(body).flatMap { $0.count < body.count ? RepresentationForm(frame, gzip: $0) : nil }
        }
    }

    /// Makes a representation of pieces that other representations may share: each is compressed once for all of them.
    ///
    /// - Parameters:
    ///   - pieces: the body in its plain form, in order.
    ///   - etag: the opaque part of the entity tag, without quotes.
    package init(
        contentType: String,
        pieces: [BodyPiece],
        etag: String,
        extraFields: HTTPFields = [:],
        isSentOften: Bool = false
    ) {
        let length = pieces.reduce(0) { $0 + $1.bytes.count }
        self.length = length
        self.etag = Self.opaque(etag)
        isCompressible = length >= Self.smallestCompressed
        let frame = RepresentationForm.Frame(
            contentType: contentType,
            tag: self.etag,
            isSentOften: isSentOften,
            varies: isCompressible,
            extraFields: extraFields
        )
        plain = FormOnDemand {
            var body: [UInt8] = []
            body.reserveCapacity(length)
            for piece in pieces { body += piece.bytes }
            return RepresentationForm(frame, plain: body)
        }
        gzip = FormOnDemand {
            Gzip.join(pieces).flatMap { $0.count < length ? RepresentationForm(frame, gzip: $0) : nil }
        }
    }

    /// RFC 9110 §8.8.3: `etagc` has neither quotes, nor blanks, nor controls.
    private static func opaque(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }, as: UTF8.self)
    }
}
