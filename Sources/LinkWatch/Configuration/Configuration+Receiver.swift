extension Configuration.Alerts {
    /// Who is told about alerts.
    package enum Receiver: Sendable, Equatable {
        /// The base address of an Alertmanager, to which `/api/v2/alerts` is added.
        case alertmanager(url: Configuration.WebAddress)
        /// With a secret, each delivery is signed.
        case webhook(url: Configuration.WebAddress, secret: Secret?)
    }
}

extension Configuration.Alerts.Receiver {
    init?(reading section: Section) {
        let alertmanager = section["alertmanager"]
        let webhook = section["webhook"]
        if alertmanager != nil, let webhook {
            webhook.refuse("an entry tells one receiver; begin another entry with -")
        }
        if alertmanager == nil, webhook == nil {
            section.reading.refuse("expected alertmanager or webhook", at: section.position, section.path)
        }
        let receivers = [
            alertmanager?.section().flatMap(Self.alertmanager), webhook?.section().flatMap(Self.webhook),
        ]
        section.close()
        guard let receiver = receivers.compactMap({ $0 }).first else { return nil }
        self = receiver
    }

    private static func alertmanager(_ section: Section) -> Self? {
        let url = section.required("url")?.parsed { text throws(Refusal) in
            try Configuration.WebAddress(parsing: text, parts: .path)
        }
        section.close()
        return url.map { .alertmanager(url: $0) }
    }

    private static func webhook(_ section: Section) -> Self? {
        let url = section.required("url")?.parsed { text throws(Refusal) in
            do throws(Refusal) {
                return try Configuration.WebAddress(parsing: text, parts: [.path, .query])
            } catch {
                // The path of a chat service's webhook is its secret.
                throw Refusal(error.sentence, quotes: false)
            }
        }
        let secret = section.secret("secret", required: false)
        section.close()
        return url.map { .webhook(url: $0, secret: secret) }
    }
}
