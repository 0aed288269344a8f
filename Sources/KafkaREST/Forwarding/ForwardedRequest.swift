package import ClusterLinks

/// A request about links that a cluster itself has to answer, because no inventory can: checked, so that its address means what
/// it says on every server.
///
/// Its body holds secrets, so that printing, debugging and reflection show its size alone.
package struct ForwardedRequest: Sendable, Hashable {
    package enum Operation: Sendable, Hashable {
        /// `create_kafka_link`; each flag is sent only where it is given, as the upstream has defaults of its own.
        case create(LinkName, validateOnly: Bool? = nil, validateLink: Bool? = nil, body: [UInt8])
        /// `delete_kafka_link`.
        case delete(LinkName, force: Bool? = nil, validateOnly: Bool? = nil)
        case configs(of: LinkName)
        /// Of one link or, with nil, of all (`/links/-/mirrors`).
        case mirrors(of: LinkName?, status: String? = nil)
    }

    package let operation: Operation

    /// - Throws: where no request can be made that certainly is about this link.
    package init(_ operation: Operation) throws(LinkNameFault) {
        self.operation = operation
        if let fault = link.flatMap(LinkNameFault.init) { throw fault }
    }

    /// The one link that it is about.
    package var link: LinkName? {
        switch operation {
        case .create(let name, _, _, _), .delete(let name, _, _), .configs(let name): name
        case .mirrors(let name, _): name
        }
    }

    /// Whether it creates or deletes, be it for trial.
    package var isWrite: Bool {
        switch operation {
        case .create, .delete: true
        case .configs, .mirrors: false
        }
    }

    /// Whether the upstream is only to say what it would answer.
    package var isTrial: Bool {
        switch operation {
        case .create(_, let validateOnly, _, _), .delete(_, _, let validateOnly): validateOnly ?? false
        case .configs, .mirrors: false
        }
    }

    /// What goes into the query besides the name of a link that is created, in Confluent's names.
    package var flags: [(name: String, value: Bool)] {
        let given: [(String, Bool?)] =
            switch operation {
            case .create(_, let only, let link, _): [("validate_only", only), ("validate_link", link)]
            case .delete(_, let force, let only): [("force", force), ("validate_only", only)]
            case .configs, .mirrors: []
            }
        return given.compactMap { name, value in value.map { (name, $0) } }
    }

    var method: String {
        switch operation {
        case .create: "POST"
        case .delete: "DELETE"
        case .configs, .mirrors: "GET"
        }
    }

    var body: [UInt8]? {
        if case .create(_, _, _, let body) = operation { body } else { nil }
    }
}

extension ForwardedRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch operation {
        case .create(let name, _, _, let body): "create link \(name) with a body of \(body.count) bytes"
        case .delete(let name, _, _): "delete link \(name)"
        case .configs(let name): "configs of link \(name)"
        case .mirrors(let name, _): "mirrors of \(name.map { "link \($0)" } ?? "all links")"
        }
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["request": description], displayStyle: .struct) }
}

extension ForwardedRequest.Operation: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .create: "create"
        case .delete: "delete"
        case .configs: "configs"
        case .mirrors: "mirrors"
        }
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: [:], displayStyle: .enum) }
}
