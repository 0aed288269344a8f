import HTTPTypes

/// One form of a representation with its fields already written out.
struct RepresentationForm: Sendable {
    let body: [UInt8]
    /// The body once more, for the kernel to send, where that pays.
    let file: BodyFile?
    /// The opaque part of the entity tag.
    let tag: [UInt8]
    /// The field lines of a 200, Content-Length included.
    let fields: [UInt8]
    /// The field lines of a 304: those that tell caches apart, none about the body (RFC 9110 §15.4.5).
    let notModifiedFields: [UInt8]

    /// What the forms of one representation have in common.
    struct Frame: Sendable {
        let contentType: String
        /// The opaque part of the plain form's entity tag.
        let tag: String
        let isSentOften: Bool
        /// Whether there is a choice of forms.
        let varies: Bool
        let extraFields: HTTPFields
    }

    init(_ frame: Frame, plain body: [UInt8]) { self.init(frame, body, tag: frame.tag, coding: nil) }

    init(_ frame: Frame, gzip body: [UInt8]) { self.init(frame, body, tag: frame.tag + "-gzip", coding: "gzip") }

    private init(_ frame: Frame, _ body: [UInt8], tag: String, coding: String?) {
        self.body = body
        file = frame.isSentOften ? BodyFile(body) : nil
        self.tag = Array(tag.utf8)
        var shared = "ETag: \"\(tag)\"\r\n"
        if frame.varies { shared += "Vary: Accept-Encoding\r\n" }
        if frame.extraFields[.cacheControl] == nil { shared += "Cache-Control: no-cache\r\n" }
        for field in frame.extraFields where !ServerFields.contains(field.name) {
            shared += "\(field.name.rawName): \(field.value)\r\n"
        }
        notModifiedFields = Array(shared.utf8)
        // HTTPField takes out what no value may have, such as line ends.
        var own = "Content-Type: \(HTTPField(name: .contentType, value: frame.contentType).value)\r\n"
        if let coding { own += "Content-Encoding: \(coding)\r\n" }
        own += "Content-Length: \(body.count)\r\n"
        fields = Array((own + shared).utf8)
    }
}
