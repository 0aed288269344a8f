// swift-tools-version:6.2
import PackageDescription

// The list of targets reads as the architecture: every import goes down this
// list, none up, none sideways. ARCHITECTURE.md says what each part may know.
let package = Package(
    name: "linkwatch",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "linkwatch", targets: ["linkwatch"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Executable: a door.
        .executableTarget(
            name: "linkwatch",
            dependencies: [
                "LinkWatch", "Querying", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            plugins: ["Revision"]
        ),
        // Tells the executable the commit that is built.
        .plugin(name: "Revision", capability: .buildTool()),

        // Composition: joins the parts, reads the configuration, offers the commands.
        .target(
            name: "LinkWatch",
            dependencies: [
                "Alerting", "ClusterLinks", "ConfluentSimulator", "Console", "CurlHTTP", "Dashboard", "Digests",
                "ExactJSON", "HTTPServing", "Inventory", "InventoryAPI", "KafkaREST", "Locking", "Notifying", "Outages",
                "Polling", "Querying", "ServiceClient",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .target(
            name: "ConfluentSimulator",
            dependencies: [
                "CZlib", "HTTPServing", "Locking",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),

        // Presentation: what is asked over HTTP and how it is answered.
        .target(
            name: "InventoryAPI",
            dependencies: [
                "Alerting", "ClusterLinks", "Digests", "ExactJSON", "Exposition", "HTTPServing", "Inventory",
                "KafkaREST",
                "Locking", "Querying",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        // What people see of answers on a terminal.
        .target(name: "Console", dependencies: ["ClusterLinks", "ExactJSON"]),
        .target(
            name: "Dashboard",
            dependencies: [
                "CDashboardAssets", "HTTPServing", .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),

        // Domain: what is kept, when it is asked for, how the upstream speaks, and how people are told.
        .target(
            name: "Inventory",
            dependencies: [
                "Alerting", "ClusterLinks", "ExactJSON", "Locking", "Outages",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "Polling", dependencies: ["Locking"]),
        // How a running service is asked.
        .target(name: "ServiceClient", dependencies: ["ClusterLinks", "CurlHTTP", "ExactJSON", "Locking"]),
        .target(
            name: "Querying",
            dependencies: [
                "CConfinement", "ClusterLinks", "ExactJSON", "Locking",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        .target(name: "KafkaREST", dependencies: ["ClusterLinks", "ExactJSON"]),
        .target(
            name: "Notifying",
            dependencies: [
                "CurlHTTP", "Digests", "ExactJSON", "Locking", "Outages",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),

        // Model: values and the truth rules, what alerts follow from them; no I/O and no clock of its own.
        .target(name: "Alerting", dependencies: ["ClusterLinks", "ExactJSON"]),
        .target(
            name: "ClusterLinks",
            dependencies: ["Digests", "ExactJSON"]
        ),

        // Mechanisms: none knows Kafka.
        .target(
            name: "HTTPServing",
            dependencies: [
                "CEventQueue", "CZlib", "Locking", "Outages",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "CurlHTTP", dependencies: ["CCurl", "CZlib", "Locking"]),
        .target(name: "Exposition"),
        .target(name: "Digests", dependencies: ["CCrypto"]),
        .target(name: "Locking"),
        .target(name: "Outages"),
        .target(name: "ExactJSON"),

        // C: typed doors to what Swift cannot call.
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .systemLibrary(
            name: "CCrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CConfinement"),
        .target(name: "CEventQueue"),
        .target(name: "CDashboardAssets", exclude: ["page"]),

        // Tests of each part.
        .testTarget(
            name: "AlertingTests",
            dependencies: ["Alerting", "ClusterLinks", "ConfluentSimulator", "ExactJSON", "KafkaREST"]
        ),
        .testTarget(name: "ClusterLinksTests", dependencies: ["ClusterLinks", "ExactJSON"]),
        .testTarget(
            name: "ConfluentSimulatorTests",
            dependencies: [
                "ConfluentSimulator", "HTTPServing", "Locking",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        .testTarget(name: "ConsoleTests", dependencies: ["ClusterLinks", "Console", "ExactJSON"]),
        .testTarget(name: "CurlHTTPTests", dependencies: ["CurlHTTP", "Locking"]),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "Dashboard", "HTTPServing", "Locking",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"]),
        .testTarget(name: "ExactJSONTests", dependencies: ["ExactJSON"]),
        .testTarget(name: "ExpositionTests", dependencies: ["Exposition"]),
        .testTarget(
            name: "HTTPServingTests",
            dependencies: [
                "HTTPServing", "Locking",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // A process of its own, so that it can be killed or denied the disk.
        .executableTarget(
            name: "inventory-victim",
            dependencies: ["ClusterLinks", "ExactJSON", "Inventory", .product(name: "Logging", package: "swift-log")],
            path: "Tests/InventoryVictim"
        ),
        // What two suites hold an inventory against: everything that was observed, and what follows from it worked out anew.
        .target(
            name: "NaiveInventory",
            dependencies: [
                "ClusterLinks", "ExactJSON", "Inventory", "Locking", .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/NaiveInventory"
        ),
        .testTarget(
            name: "InventoryTests",
            dependencies: [
                "Alerting", "ClusterLinks", "ExactJSON", "Inventory", "inventory-victim", "Locking", "NaiveInventory",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "InventoryAPITests",
            dependencies: [
                "Alerting", "ClusterLinks", "ExactJSON", "Exposition", "HTTPServing", "Inventory", "InventoryAPI",
                "KafkaREST", "Locking", "NaiveInventory", "Querying",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "KafkaRESTTests", dependencies: ["ClusterLinks", "ExactJSON", "KafkaREST", "Locking"]),
        .testTarget(
            name: "LinkWatchTests",
            // The executable is run as a process.
            dependencies: [
                "Alerting", "ClusterLinks", "ConfluentSimulator", "Console", "CurlHTTP", "ExactJSON", "HTTPServing",
                "InventoryAPI", "KafkaREST", "LinkWatch", "linkwatch", "Locking", "Notifying", "Querying",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "NotifyingTests",
            dependencies: [
                "CurlHTTP", "ExactJSON", "HTTPServing", "Locking", "Notifying",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "OutagesTests", dependencies: ["Outages"]),
        .testTarget(name: "PollingTests", dependencies: ["Locking", "Polling"]),
        .testTarget(name: "ServiceClientTests", dependencies: ["CurlHTTP", "ExactJSON", "Locking", "ServiceClient"]),
        .testTarget(
            name: "QueryingTests",
            // The executable answers each statement in a process of its own.
            dependencies: [
                "ClusterLinks", "ExactJSON", "Inventory", "linkwatch", "Locking", "Querying",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),

        // Writes a year of polls into an inventory, for `make bench`.
        .executableTarget(
            name: "inventory-load",
            dependencies: [
                "ClusterLinks", "ExactJSON", "Inventory", "Locking",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/InventoryLoad"
        ),
    ],
    // `#embed` in CDashboardAssets is C23.
    cLanguageStandard: .c2x
)

for target in package.targets where target.type != .system && target.type != .plugin {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
        .enableUpcomingFeature("ExistentialAny"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
        .enableUpcomingFeature("MemberImportVisibility"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
        // Overlapping accesses are found by the compiler, and at run time in the tests; looking for them at each access to a
        // connection's state took a tenth of a request.
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    ]
}

// The thread sanitizer's build, a second one of everything it needs, leaves out what its suites do not.
if Context.environment["LINKWATCH_TARGETS"] == "threaded" {
    let isLeftOut = { (name: String) in
        [
            "AlertingTests", "linkwatch", "Revision", "LinkWatch", "LinkWatchTests", "ConfluentSimulator",
            "ConfluentSimulatorTests", "Dashboard",
            "DashboardTests", "CDashboardAssets", "InventoryAPI", "InventoryAPITests", "KafkaREST", "KafkaRESTTests",
            "Console", "ConsoleTests", "ServiceClient", "ServiceClientTests", "CConfinement", "Querying",
            "QueryingTests",
            "Exposition", "ExpositionTests", "inventory-load",
        ].contains(name)
    }
    package.targets.removeAll { isLeftOut($0.name) }
    package.products.removeAll { isLeftOut($0.name) }
    package.dependencies.removeAll { dependency in
        guard case .sourceControl(_, let location, _) = dependency.kind else { return false }
        return ["swift-argument-parser", "Yams", "swift-service-lifecycle"].contains { location.hasSuffix($0) }
    }
}
