import ClusterLinks
import Exposition
import Inventory

/// The `linkwatch_*` and `process_*` series.
enum ServiceMetrics {
    static func families(of service: any ServiceFacts, fleet: Fleet, pollsInFlight: Int) -> [MetricFamily] {
        let database = service.database
        let durability = fleet.durability
        let durations = fleet.pollDurations
        let process = service.process
        var build = MetricFamily(
            "linkwatch_build_info",
            .gauge,
            help: "The version that runs, and the commit it was built from; always 1."
        )
        build.add(1, [Label("version", service.version), Label("revision", service.revision ?? "unknown")])
        var polls = MetricFamily("linkwatch_poll_duration_seconds", .histogram, help: "How long polls took.")
        polls.add(counts: durations.counts, bounds: PollDurations.bounds, sum: durations.sum.seconds)
        var requests = MetricFamily(
            "linkwatch_http_requests",
            .counter,
            help: "Requests answered, by the template of their route."
        )
        for count in service.requests {
            requests.add(
                Double(count.count),
                [Label("route", count.route), Label("method", count.method), Label("code", String(count.code))]
            )
        }
        var requestDurations = MetricFamily(
            "linkwatch_http_request_duration_seconds",
            .histogram,
            help: "From a whole request to the last byte of its answer, by the template of its route."
        )
        for durations in service.requestDurations {
            requestDurations.add(
                counts: durations.counts,
                bounds: RequestDurations.bounds,
                sum: durations.sum.seconds,
                [Label("route", durations.route)]
            )
        }
        return [
            build, polls,
            gauge("linkwatch_polls_in_flight", "List polls running now.", Double(pollsInFlight)),
            gauge("linkwatch_database_size_bytes", "Size of the database file.", Double(database.size)),
            gauge("linkwatch_database_wal_size_bytes", "Size of the write-ahead log.", Double(database.logSize)),
            counter("linkwatch_database_errors", "Commits that the database refused.", Double(durability.errors)),
            gauge(
                "linkwatch_database_durable",
                "Whether everything that is served is also stored.",
                durability.isDurable ? 1 : 0
            ),
            gauge(
                "linkwatch_clock_offset_seconds",
                "How far the wall clock is ahead of service time.",
                service.clockOffset.seconds
            ),
            gauge(
                "linkwatch_config_last_reload_successful",
                "Whether the last reading of the configuration succeeded.",
                service.configuration.wasLastReloadSuccessful ? 1 : 0
            ),
            gauge(
                "linkwatch_config_last_reload_success_timestamp_seconds",
                "When the configuration was last taken up, in Unix time.",
                Double(service.configuration.loadedAt.milliseconds) / 1000
            ),
            requests, requestDurations,
            gauge("linkwatch_http_connections", "Connections open now.", Double(service.connections)),
            counter("process_cpu_seconds", "Processor time used, user and system.", process.processorSeconds),
            gauge("process_resident_memory_bytes", "Resident memory.", Double(process.residentBytes)),
            gauge("process_open_fds", "Open file descriptors.", Double(process.openDescriptors)),
            gauge("process_start_time_seconds", "When the process started, in Unix time.", process.startedAt),
        ]
    }

    private static func gauge(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
        single(name, .gauge, help, value)
    }

    private static func counter(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
        single(name, .counter, help, value)
    }

    private static func single(_ name: String, _ kind: MetricFamily.Kind, _ help: String, _ value: Double)
        -> MetricFamily
    {
        var family = MetricFamily(name, kind, help: help)
        family.add(value)
        return family
    }
}
