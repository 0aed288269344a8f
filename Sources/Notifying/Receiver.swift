package import CurlHTTP

/// Somebody who is told about alerts, and how.
package struct Receiver: Sendable {
    /// The secret as it is now, which may have another value each time.
    package typealias Secret = @Sendable () throws -> String

    package enum Kind: Sendable {
        /// Takes arrays of alerts (https://prometheus.io/docs/alerting/latest/alerts_api/).
        case alertmanager
        /// Takes notifications, each signed where there is a secret, or what a template makes of them. A template that says the
        /// secret itself has it there instead: whoever sees it in the body could make any signature.
        case webhook(secret: Secret? = nil, template: BodyTemplate? = nil)
    }

    /// By which the outbox knows it; no two receivers share one.
    package let name: String
    /// The whole address to post to.
    let url: String
    let kind: Kind
    let authentication: Authentication
    let options: CurlOptions

    /// - Parameter url: the base address of an Alertmanager, to which `/api/v2/alerts` is added, or the whole one of a webhook.
    package init(
        name: String,
        url: String,
        kind: Kind,
        authentication: Authentication = .none,
        options: CurlOptions = CurlOptions()
    ) {
        self.name = name
        self.kind = kind
        self.authentication = authentication
        self.options = options
        switch kind {
        case .alertmanager:
            var base = Substring(url)
            while base.last == "/" { base.removeLast() }
            self.url = "\(base)/api/v2/alerts"
        case .webhook: self.url = url
        }
    }

    package var integration: Integration {
        switch kind {
        case .alertmanager: .alertmanager
        case .webhook: .webhook
        }
    }
}

extension Receiver: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(name) (\(integration.rawValue))" }

    package var customMirror: Mirror { Mirror(self, children: ["name": name, "integration": integration.rawValue]) }
}
