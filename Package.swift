// swift-tools-version: 6.2
import PackageDescription

// This file is the architecture: a target may import only what it lists here, and the build enforces it
// (`--explicit-target-dependency-import-check error`, see the Makefile).

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func library(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [], exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, path: "Tests/\(name)Tests", resources: resources,
    swiftSettings: strict)
}

func shim(_ name: String, linking library: String? = nil) -> Target {
  .target(name: name, linkerSettings: library.map { [.linkedLibrary($0)] } ?? [])
}

extension Target.Dependency {
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let configuration = product(name: "Configuration", package: "swift-configuration")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let grdb = product(name: "GRDB", package: "GRDB.swift")
  static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
  static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
  static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
  static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
  static let logging = product(name: "Logging", package: "swift-log")
  static let metrics = product(name: "Metrics", package: "swift-metrics")
  static let coreMetrics = product(name: "CoreMetrics", package: "swift-metrics")
  static let mustache = product(name: "Mustache", package: "swift-mustache")
  static let nioCore = product(name: "NIOCore", package: "swift-nio")
  static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
  static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
  name: "baton",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "baton", targets: ["baton"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // C libraries behind typed shims.
    shim("CCurl", linking: "curl"),
    shim("CHiredis", linking: "hiredis"),
    shim("CLinux"),
    shim("CPSL", linking: "psl"),
    // The tables of RevOps/Normalization/Data, compiled in.
    shim("CVocabulary"),
    // The scripts of RedisStorage/Scripts, compiled in.
    shim("CRedisScripts"),

    // Wire and transport.
    library("VendorAPI", []),
    library("Curl", ["CCurl", "CLinux", "VendorAPI"]),
    library("Hiredis", ["CHiredis", "CLinux"]),

    // The business, without I/O.
    library("RevOps", ["CPSL", "CVocabulary"], exclude: ["Normalization/Data"]),
    // Crypto: a configuration's version is a hash of its content.
    library("PolicyFiles", ["RevOps", .yams, .mustache, .crypto]),
    library("Pipeline", ["RevOps", .logging, .metrics, .crypto]),

    // Services.
    library("SlackAPI", ["VendorAPI", .crypto]),
    library("SlackDesk", ["SlackAPI", "RevOps", "VendorAPI"]),
    library("HubSpot", ["VendorAPI", "VendorPorts", "RevOps"]),
    // What adapters of services to ports have in common.
    library("VendorPorts", ["VendorAPI", "RevOps"]),
    library("Apollo", ["VendorAPI", "VendorPorts", "RevOps"]),
    library("Clearbit", ["VendorAPI", "VendorPorts", "RevOps"]),
    // Crypto: a person is known to the service by a keyed hash alone.
    library("OpenAI", ["VendorAPI", "VendorPorts", "RevOps", .crypto]),
    library("Pinecone", ["VendorAPI", "VendorPorts", "RevOps"]),

    // Storage.
    // What both stores write alike.
    library("StoredForms", ["RevOps"]),
    library("SQLiteStorage", ["RevOps", "StoredForms", .grdb]),
    library("RedisStorage", ["RevOps", "StoredForms", "Hiredis", "CRedisScripts"], exclude: ["Scripts"]),

    // The outside, and what puts it all together.
    library(
      "Ingress",
      ["RevOps", "SlackAPI", .hummingbird, .hummingbirdCore, .httpTypes, .nioCore, .crypto, .logging, .metrics]),
    library(
      "App",
      [
        "VendorAPI", "Curl", "RevOps", "PolicyFiles", "Pipeline", "SlackAPI", "SlackDesk", "HubSpot", "Apollo",
        "Clearbit", "OpenAI", "Pinecone", "SQLiteStorage", "RedisStorage", "Hiredis", "Ingress", .configuration,
        .hummingbird, .lifecycle,
        .unixSignals, .logging,
        .metrics,
        .coreMetrics, .crypto,
      ]),
    library(
      "Sandbox", ["Curl", "VendorAPI", .hummingbird, .httpTypes, .lifecycle, .nioCore, .crypto, .logging],
      resources: [.copy("Page")]),
    program(
      "baton",
      ["App", "Sandbox", "RevOps", "PolicyFiles", "Pipeline", "SlackDesk", .argumentParser, .lifecycle, .logging]),
    program("bench", ["Sandbox", "Curl", "VendorAPI", "TestSupport", "RevOps", "PolicyFiles"]),

    // Tests.
    library("TestSupport", ["RevOps", "CLinux"]),
    tests("VendorAPI", ["VendorAPI"]),
    tests("Curl", ["Curl", "CCurl", "VendorAPI", "TestSupport"]),
    tests("Hiredis", ["Hiredis", "TestSupport"]),
    tests("RevOps", ["RevOps", "TestSupport"]),
    tests("PolicyFiles", ["PolicyFiles", "RevOps", "TestSupport"]),
    tests("Pipeline", ["Pipeline", "RevOps", "SQLiteStorage", "RedisStorage", "Hiredis", "TestSupport", .logging]),
    tests("SlackAPI", ["SlackAPI", "VendorAPI"]),
    tests("SlackDesk", ["SlackDesk", "SlackAPI", "RevOps", "VendorAPI", "TestSupport"]),
    tests("HubSpot", ["HubSpot", "VendorAPI", "RevOps", "Curl", "Sandbox", "TestSupport"]),
    tests("Apollo", ["Apollo", "VendorAPI", "RevOps", "Curl", "Sandbox", "TestSupport"]),
    tests("Clearbit", ["Clearbit", "VendorAPI", "RevOps", "Curl", "Sandbox", "TestSupport"]),
    tests("OpenAI", ["OpenAI", "VendorAPI", "RevOps", "PolicyFiles", "Curl", "Sandbox", "TestSupport"]),
    tests("Pinecone", ["Pinecone", "VendorAPI", "RevOps", "Curl", "Sandbox", "TestSupport"]),
    tests("SQLiteStorage", ["SQLiteStorage", "StoredForms", "RevOps", "TestSupport", .grdb]),
    tests("RedisStorage", ["RedisStorage", "StoredForms", "Hiredis", "RevOps", "TestSupport"]),
    tests(
      "Ingress",
      [
        "Ingress", "RevOps", "SlackAPI", "SQLiteStorage", "Curl", "VendorAPI", "TestSupport", .hummingbird, .crypto,
        .logging,
      ]),
    tests(
      "App",
      [
        "App", "Hiredis", "Ingress", "TestSupport", "RevOps", "PolicyFiles", "Pipeline", "SQLiteStorage",
        "RedisStorage", .configuration, .coreMetrics, .logging,
      ]),
    tests("Sandbox", ["Sandbox", "Curl", "VendorAPI", "TestSupport", .crypto, .lifecycle, .logging]),
    tests("Journey", ["Curl", "VendorAPI", "Sandbox", "TestSupport", "CLinux", .crypto]),
  ]
)
