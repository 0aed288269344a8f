/// Reads the list of who is told, and the rule that no two are called the same.
struct ReceiverListReading {
    private typealias Kind = (Section, String?) -> Configuration.Alerts.Receiver?

    private let section: Section

    init(_ section: Section) { self.section = section }

    func receivers() -> [Configuration.Alerts.Receiver] {
        var known: [String: SettingPath] = [:]
        var receivers: [Configuration.Alerts.Receiver] = []
        for item in section.sections("notify") {
            for (entry, read) in Self.entries(of: item) {
                let nameSetting = entry["name"]
                let given = nameSetting?.word()
                let receiver = read(entry, given)
                entry.close()
                if let receiver { receivers.append(receiver) }
                // A receiver with a problem keeps its name, so that another of the same name is told as well.
                guard let name = given ?? receiver?.name else { continue }
                guard let first = known[name] else {
                    known[name] = item.path
                    continue
                }
                if given != nil {
                    nameSetting?.refuse("is also the name of \(first); each receiver needs its own")
                } else {
                    entry["url"]?.refuse("is told already, as \(first); leave one out, or give one of them a name")
                }
            }
        }
        return receivers
    }

    /// The one receiver of an entry, with how it is read; both where there are two, which is a problem.
    private static func entries(of item: Section) -> [(Section, Kind)] {
        let alertmanager = item["alertmanager"]
        let webhook = item["webhook"]
        if alertmanager != nil, let webhook {
            webhook.refuse("an entry tells one receiver; begin another entry with -")
        }
        if alertmanager == nil, webhook == nil {
            item.reading.refuse("expected alertmanager or webhook", at: item.position, item.path)
        }
        item.close()
        let readings: [(Section?, Kind)] = [
            (alertmanager?.section(), { .alertmanager(reading: $0, name: $1) }),
            (webhook?.section(), { .webhook(reading: $0, name: $1) }),
        ]
        return readings.compactMap { section, read in section.map { ($0, read) } }
    }
}
