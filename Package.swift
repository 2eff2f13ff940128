// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of ours is built with.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Added where no C pointer is handled: an unsafe construct there does not compile.
let safe: [SwiftSetting] = house + [.strictMemorySafety()]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
    name: "linekeeper",
    products: [
        .executable(name: "linekeeperd", targets: ["linekeeperd"]),
        .executable(name: "linekeeper", targets: ["linekeeper"]),
        .executable(name: "linekeeper-bench", targets: ["linekeeper-bench"]),
        .executable(name: "carrier-simulator", targets: ["carrier-simulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        // For tests alone: they run other programs with it.
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CProtobufC", pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CLinekeeperProto", dependencies: ["CProtobufC"]),

        .target(name: "LinekeeperCore", swiftSettings: safe),
        .target(
            name: "LinekeeperProto", dependencies: ["CLinekeeperProto", "CProtobufC"],
            swiftSettings: house),
        .target(
            name: "LinekeeperRPC",
            dependencies: ["LinekeeperProto", .product(name: "Logging", package: "swift-log")]
                + nio,
            swiftSettings: safe),
        .target(
            name: "LinekeeperStorage",
            dependencies: [
                "LinekeeperCore", "CSQLite", .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Migrations")],
            swiftSettings: house),
        .target(
            name: "LinekeeperCarriers",
            dependencies: [
                "LinekeeperCore", "CCurl", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "LinekeeperServices",
            dependencies: [
                "LinekeeperCore", "LinekeeperProto", "LinekeeperRPC", "CLinekeeperProto",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: house),

        .executableTarget(
            name: "linekeeperd",
            dependencies: [
                "LinekeeperCore", "LinekeeperCarriers", "LinekeeperProto", "LinekeeperRPC",
                "LinekeeperServices", "LinekeeperStorage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "linekeeper",
            dependencies: [
                "LinekeeperProto", "LinekeeperRPC",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: safe),
        .target(
            name: "CarrierSimulator",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "carrier-simulator",
            dependencies: [
                "CarrierSimulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: safe),
        .target(
            name: "CBench", dependencies: ["CLinekeeperProto", "CProtobufC"],
            path: "Benchmarks/CBench"),
        .executableTarget(
            name: "linekeeper-bench",
            dependencies: [
                "CBench", "CSQLite", "LinekeeperProto",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/linekeeper-bench",
            swiftSettings: house),

        .target(
            name: "TestPrograms",
            dependencies: [
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/TestPrograms", swiftSettings: house),
        .target(
            name: "LinekeeperTestSupport",
            dependencies: [
                "LinekeeperCore", "LinekeeperProto", "LinekeeperRPC", "TestPrograms",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Tests/LinekeeperTestSupport", swiftSettings: house),
        .testTarget(
            name: "LinekeeperCoreTests", dependencies: ["LinekeeperCore"], swiftSettings: house),
        .systemLibrary(name: "CMalloc", path: "Tests/LinekeeperProtoTests/CMalloc"),
        .testTarget(
            name: "LinekeeperProtoTests",
            dependencies: [
                "LinekeeperProto", "CLinekeeperProto", "CProtobufC", "CMalloc", "TestPrograms",
            ],
            exclude: ["reference.py", "every_kind.proto", "CMalloc"], swiftSettings: house),
        .testTarget(
            name: "LinekeeperRPCTests",
            dependencies: [
                "CLinekeeperProto", "LinekeeperRPC", "LinekeeperProto", "TestPrograms",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + nio,
            swiftSettings: house),
        .testTarget(
            name: "LinekeeperStorageTests",
            dependencies: [
                "LinekeeperStorage", "LinekeeperCore", "CSQLite",
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: house),
        .testTarget(
            name: "LinekeeperCarriersTests",
            dependencies: [
                "LinekeeperCarriers", "LinekeeperCore", "CarrierSimulator", "CCurl",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CarrierSimulatorTests",
            dependencies: [
                "CarrierSimulator", "TestPrograms",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["python"], swiftSettings: house),
        .testTarget(
            name: "LinekeeperServicesTests",
            dependencies: [
                "LinekeeperServices", "LinekeeperStorage", "LinekeeperCarriers", "LinekeeperRPC",
                "LinekeeperProto", "LinekeeperCore", "LinekeeperTestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
            ], swiftSettings: house),
        .testTarget(
            name: "LinekeeperCLITests",
            dependencies: [
                "linekeeper", "LinekeeperProto", "LinekeeperRPC",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "LinekeeperIntegrationTests",
            dependencies: [
                "CarrierSimulator", "LinekeeperCore", "LinekeeperProto", "LinekeeperRPC",
                "LinekeeperStorage", "LinekeeperTestSupport", "TestPrograms", "CSQLite",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Faults", "Python"], swiftSettings: house),
    ]
)
