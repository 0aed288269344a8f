package import ClusterLinks
package import ExactJSON

extension Silence {
    /// Reads the body of `POST /api/v1/silences`.
    ///
    /// - Parameter id: the one it is to have; a body gives none.
    package init(body: JSONObject, id: String, now: Instant) throws(SuppressionFault) {
        let startsAt = try Self.instant("starts_at", of: body)
        let endsAt = try Self.instant("ends_at", of: body)
        try self.init(
            id: id,
            matchers: Self.matchers(of: body),
            startsAt: startsAt,
            endsAt: endsAt,
            createdBy: body.text("created_by"),
            comment: body.text("comment"),
            now: now
        )
    }

    package var json: JSONObject {
        [
            "id": .string(id),
            "matchers": .array(matchers.map { .object($0.json) }),
            "starts_at": .string(startsAt.description),
            "ends_at": .string(endsAt.description),
            "created_by": .string(createdBy),
            "comment": .string(comment),
        ]
    }

    private static func matchers(of body: JSONObject) throws(SuppressionFault) -> [Matcher] {
        guard let value = body["matchers"], !value.isNull else { throw .noMatcher }
        guard let items = value.array else { throw .unreadable(field: "matchers", expected: "an array") }
        // Counted before any is compiled.
        guard items.count <= mostMatchers else { throw .tooManyMatchers(items.count) }
        var matchers: [Matcher] = []
        for (index, item) in items.enumerated() {
            guard let object = item.object else {
                throw .unreadable(field: "matchers[\(index)]", expected: "an object")
            }
            matchers.append(try Matcher(json: object, at: "matchers[\(index)]"))
        }
        return matchers
    }

    private static func instant(_ field: String, of body: JSONObject) throws(SuppressionFault) -> Instant? {
        guard let value = body[field], !value.isNull else { return nil }
        guard let instant = value.string.flatMap(Instant.init(rfc3339:)) else {
            throw .unreadable(field: field, expected: "an RFC 3339 date and time such as 2026-11-22T18:00:00Z")
        }
        return instant
    }
}

extension Matcher {
    /// Alertmanager's spelling of the members, so that its tools' silences can be sent here.
    package var json: JSONObject {
        ["name": .string(name), "value": .string(value), "isRegex": .bool(isRegex), "isEqual": .bool(isEqual)]
    }

    /// - Parameter place: where it stands, for the refusal.
    package init(json: JSONObject, at place: String) throws(SuppressionFault) {
        try self.init(
            name: Self.text("name", of: json, at: place),
            value: Self.text("value", of: json, at: place),
            isRegex: Self.flag("isRegex", of: json, at: place) ?? false,
            isEqual: Self.flag("isEqual", of: json, at: place) ?? true
        )
    }

    private static func text(_ name: String, of json: JSONObject, at place: String) throws(SuppressionFault) -> String {
        guard let text = json[name]?.string else { throw .unreadable(field: "\(place).\(name)", expected: "a string") }
        return text
    }

    private static func flag(
        _ name: String,
        of json: JSONObject,
        at place: String
    ) throws(SuppressionFault) -> Bool? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let flag = value.bool else { throw .unreadable(field: "\(place).\(name)", expected: "true or false") }
        return flag
    }
}

extension JSONObject {
    /// What is no text is none, and refused as absent.
    func text(_ name: String) -> String { self[name]?.string ?? "" }
}
