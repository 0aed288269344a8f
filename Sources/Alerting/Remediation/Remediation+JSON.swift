package import ExactJSON

extension Remediation {
    package var json: JSONObject {
        [
            "meaning": .string(meaning),
            "likely_cause": .string(likelyCause),
            "first_step": .string(firstStep),
            "link": .optional(link),
        ]
    }
}
