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

    init(
        contentType: String,
        body: [UInt8],
        isSentOften: Bool,
        tag: String,
        coding: String?,
        varies: Bool,
        extraFields: HTTPFields
    ) {
        self.body = body
        file = isSentOften ? BodyFile(body) : nil
        self.tag = Array(tag.utf8)
        var shared = "ETag: \"\(tag)\"\r\n"
        if varies { shared += "Vary: Accept-Encoding\r\n" }
        if extraFields[.cacheControl] == nil { shared += "Cache-Control: no-cache\r\n" }
        for field in extraFields where !ServerFields.contains(field.name) {
            shared += "\(field.name.rawName): \(field.value)\r\n"
        }
        notModifiedFields = Array(shared.utf8)
        // HTTPField takes out what no value may have, such as line ends.
        var own = "Content-Type: \(HTTPField(name: .contentType, value: contentType).value)\r\n"
        if let coding { own += "Content-Encoding: \(coding)\r\n" }
        own += "Content-Length: \(body.count)\r\n"
        fields = Array((own + shared).utf8)
    }
}
