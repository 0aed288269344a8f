import HTTPServing

/// The root section and the rules that join several sections.
extension Configuration {
    init(reading section: Section) {
        self.init()
        let listenSettings = Self.listenSettings(section)
        if !listenSettings.isEmpty { listen = listenSettings.map(\.address) }
        if let database = section["database"]?.word() { self.database = database }

        let poll = PollSettings(reading: section["poll"]?.section(), path: section.path.key("poll"))
        self.poll = poll.resolved()
        clusters = ClusterListReading(section, poll: poll).clusters()
        alerts = Alerts(reading: section["alerts"]?.section())
        retention = Retention(reading: section["retention"]?.section())
        http = HTTP(reading: section["http"]?.section())
        let authSection = section["auth"]?.section()
        auth = Auth(reading: authSection)
        if let management = section["management"]?.flag() { self.management = management }
        section.close()

        refuseOpenListeners(listenSettings, auth: authSection)
        if management, !auth.tokens.contains(where: { $0.role == .admin }) {
            section["management"]?.warn("nobody can use it: no token has the role admin")
        }
    }

    private static func listenSettings(_ section: Section) -> [(address: ListenAddress, setting: Setting)] {
        guard let setting = section["listen"] else { return [] }
        var settings = [setting]
        if case .sequence = setting.node.content {
            settings = setting.items() ?? []
            if settings.isEmpty { setting.refuse("needs at least one address") }
        }
        var known: Set<ListenAddress> = []
        let addresses = settings.compactMap { setting -> (address: ListenAddress, setting: Setting)? in
            guard let address = setting.parsed(ListenAddress.init(configured:)) else { return nil }
            // Port 0 is another port each time.
            if case .ip(_, port: 0) = address { return (address, setting) }
            guard known.insert(address).inserted else {
                setting.refuse("is listed twice")
                return nil
            }
            return (address, setting)
        }
        refuseTakingTwice(addresses)
        return addresses
    }

    /// A socket that is handed over can be listened on once.
    private static func refuseTakingTwice(_ addresses: [(address: ListenAddress, setting: Setting)]) {
        guard addresses.contains(where: { $0.address == .systemd(name: nil) }) else { return }
        for case (.systemd(.some), let setting) in addresses {
            setting.refuse("is one of the sockets that systemd stands for; list the one or the other")
        }
    }

    /// Safe by default: beyond loopback only with tokens, or where reading is said to be open to all.
    private func refuseOpenListeners(_ settings: [(address: ListenAddress, setting: Setting)], auth section: Section?) {
        // A token that was refused is a problem of its own; that there is none would be a second one for the same place.
        let hasTokens = section?["tokens"]?.node.isEmpty == false
        guard !hasTokens, !isOpenToOtherMachines else { return }
        for (address, setting) in settings where !address.isLoopback {
            setting.refuse("can be reached from other machines: \(Self.openListenerRemedy)")
        }
    }

    /// Whether who may do what is said for others than this machine's users.
    var isOpenToOtherMachines: Bool { !auth.tokens.isEmpty || auth.anonymous == .read }

    static let openListenerRemedy = "add auth.tokens, or say auth.anonymous: read"
}
