package import Notifying

extension Configuration.Alerts {
    /// Who is told about alerts: an entry of `alerts.notify`.
    package struct Receiver: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            case alertmanager
            /// With a secret, each delivery is signed, or says it where its template does.
            case webhook(secret: Secret?, template: BodyTemplate?)
        }

        /// Stays the same from one start to the next, since what was told is known by it.
        package var name: String
        /// The base address of an Alertmanager, to which `/api/v2/alerts` is added, or the whole one of a webhook.
        package var url: Configuration.WebAddress
        package var kind: Kind
        package var access = Configuration.Access()

        package init(name: String, url: Configuration.WebAddress, kind: Kind) {
            self.name = name
            self.url = url
            self.kind = kind
        }
    }
}

extension Configuration.Alerts.Receiver {
    /// - Parameter name: what the file calls it, nil for one that has to be made.
    static func alertmanager(reading section: Section, name: String?) -> Self? {
        let setting = section.required("url")
        let url = setting?.parsed(alertmanagerAddress)
        let access = Configuration.Access(reading: section)
        guard let setting, let url else { return nil }
        access.warn(about: url, at: setting, in: section)
        var receiver = Self(name: name ?? self.name(of: "alertmanager", at: url), url: url, kind: .alertmanager)
        receiver.access = access
        return receiver
    }

    static func webhook(reading section: Section, name: String?) -> Self? {
        let setting = section.required("url")
        let url = setting?.parsed(webhookAddress)
        let secret = section.secret("secret", required: false)
        let template = section.template()
        let access = Configuration.Access(reading: section)
        guard let setting, let url else { return nil }
        access.warn(about: url, at: setting, in: section, saysSecret: template?.saysSecret ?? false)
        var receiver = Self(
            name: name ?? self.name(of: "webhook", at: url),
            url: url,
            kind: .webhook(secret: secret, template: template)
        )
        receiver.access = access
        return receiver
    }

    private static func alertmanagerAddress(_ text: String) throws(Refusal) -> Configuration.WebAddress {
        let address = try Configuration.WebAddress(authenticated: text, parts: .path)
        guard address.path.firstMatch(of: #/\/api\/v\d(\/alerts)?$/#) == nil else {
            throw Refusal("must end before /api: linkwatch itself adds /api/v2/alerts")
        }
        return address
    }

    private static func webhookAddress(_ text: String) throws(Refusal) -> Configuration.WebAddress {
        do throws(Refusal) {
            return try Configuration.WebAddress(authenticated: text, parts: [.path, .lastSlash, .query])
        } catch {
            // The path of a chat service's webhook is its secret.
            throw Refusal(error.sentence, quotes: false)
        }
    }
}
