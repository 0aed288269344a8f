// swift-tools-version:6.2
import PackageDescription

// The fuzzer of what a peer may send; `make fuzz` builds and runs it.
//
// A package of its own: only what is fuzzed is instrumented, and nothing of this is part of the service. The targets of the
// service are links into its `Sources`, so that the very same files are fuzzed; they depend on what they depend on there.
let package = Package(
    name: "fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .executableTarget(
            name: "http-fuzzer",
            dependencies: ["HTTPFuzzing"],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]
        ),
        .target(
            name: "HTTPFuzzing",
            dependencies: ["CLibFuzzer", "HTTPServing", .product(name: "HTTPTypes", package: "swift-http-types")]
        ),
        .target(
            name: "HTTPServing",
            dependencies: [
                "CEventQueue", "CZlib", "Locking", "Outages",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "Locking"),
        .target(name: "Outages"),
        .systemLibrary(name: "CLibFuzzer"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(name: "CEventQueue"),
    ],
    cLanguageStandard: .c2x
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
    ]
    if target.name == "HTTPServing" {
        target.swiftSettings?.append(
            .unsafeFlags([
                // One flag for both: of two, the compiler heeds the last.
                "-sanitize=fuzzer,address",
                // The parser is internal, and this is a release build.
                "-enable-testing",
                // A release build that keeps its assertions, the standard library's too.
                "-assert-config", "Debug",
            ])
        )
    }
}
