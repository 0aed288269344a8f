// swift-tools-version:6.2
import PackageDescription

// Drives the real programs as processes: nothing here imports linkwatch, and linkwatch imports nothing from here.
let package = Package(
    name: "linkwatch-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        // The driver: servers, rounds, tables.
        .executableTarget(name: "bench", dependencies: ["LoopbackLoad", "Measuring"]),
        // A process of its own, so that it takes no time from the clients that are timed.
        .executableTarget(name: "dribblers", dependencies: ["LoopbackLoad", "Measuring"]),

        // What SQLite itself takes for the same rows and questions.
        .executableTarget(name: "bare-sqlite", linkerSettings: [.linkedLibrary("sqlite3")]),

        // Clients on plain sockets.
        .target(name: "LoopbackLoad", dependencies: ["Measuring"]),

        // Pure: what is read from programs and files, and what figures follow from it.
        .target(name: "Measuring"),
        .testTarget(name: "MeasuringTests", dependencies: ["Measuring"]),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
