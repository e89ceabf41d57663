import Foundation
import Sandbox
import TestSupport
import Testing

/// What is around Baton itself: environment, configuration, store.
@Suite(.timeLimit(.minutes(5)))
struct DoctorSurroundingsTests {
  @Test func `with nothing configured all is off and nothing is failing`() async throws {
    let folder = try TemporaryFolder()
    let result = try await Product.run(
      ["doctor"], environment: ["BATON_CONFIG_DIR": Product.config.path], directory: folder.url)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    for service in ["slack", "hubspot", "apollo", "clearbit", "openai", "pinecone"] {
      #expect(result.output.contains("\n\(service)\n"))
    }
    #expect(result.output.contains("none yet"), "\(result.output)")
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "var").path), "nothing is made")
  }

  @Test func `a wrong environment is told whole, and what does not hang on it is looked at`() async throws {
    try await Practice.open { practice in
      let visit = try await practice.visit(changes: [
        "BATON_PORT": "eighty", "HUBSPOT_API_URL": "ftp://hidden.example", "SLACK_SIGNING_SECRET": "tooshort",
        "REDIS_URL": "rediss://:a-long-password@redis.northwind.example",
      ])
      #expect(visit.code == 1)
      let environment = visit.failures.filter { $0.hasPrefix("baton/environment") }
      for name in ["BATON_PORT", "HUBSPOT_API_URL", "SLACK_SIGNING_SECRET", "REDIS_URL"] {
        #expect(environment.contains { $0.contains(name) }, "\(name) in \(environment)")
      }
      #expect(visit.findings("store", "configured").first?["detail"].text?.contains("not looked at") == true)
      #expect(visit.findings("apollo", "key").first?["state"].text == "ok")
      for value in ["eighty", "hidden.example", "tooshort", "a-long-password"] {
        #expect(!visit.output.contains(value))
      }
    }
  }

  @Test func `a line of .env that can't be read makes what seems off doubtful`() async throws {
    try await Practice.open { practice in
      try "SLACK_BOT_TOKEN xoxb\n".write(
        to: practice.folder.url.appending(path: ".env"), atomically: true, encoding: .utf8)
      let visit = try await practice.visit(changes: ["SLACK_BOT_TOKEN": nil])
      #expect(visit.findings("slack", "configured").first?["state"].text == "failing")
      #expect(visit.failures.contains { $0.contains(".env") && $0.contains("line 1") }, "\(visit.failures)")
    }
  }

  @Test func `every mistake of the configuration is told with file and line, and the services are looked at`()
    async throws
  {
    let edits = [
      ("routing.yaml", "assign: emea-dach }", "assign: emea-dahc }"), ("playbook.yaml", "similar: 3", "similer: 3"),
    ]
    try await Practice.open(edits: edits) { practice in
      let visit = try await practice.visit()
      let configuration = visit.failures.filter { $0.hasPrefix("baton/configuration") }
      #expect(configuration.contains { $0.contains(/routing\.yaml:\d+:\d+: .*emea-dahc/) }, "\(configuration)")
      #expect(configuration.contains { $0.contains(/playbook\.yaml:\d+/) }, "\(configuration)")
      #expect(visit.findings("slack", "token").first?["state"].text == "ok")
      #expect(visit.code == 1)
    }
  }

  @Test func `a service at work on the store is not disturbed`() async throws {
    try await Desk.open { desk in
      try await desk.submit(.berlin("nora"))
      _ = try await desk.card(in: "#leads-dach", about: "Nora Winter")
      let result = try await Product.run(
        ["doctor", "--json"],
        environment: ["BATON_DATA_DIR": desk.dataPath, "BATON_CONFIG_DIR": Product.config.path])
      #expect(result.code == 0, "\(result.output)")
      #expect(result.output.contains("can be read"), "\(result.output)")
      #expect(try await desk.admin("/ready").json["dependencies"]["store"]["state"].text == "ok")
    }
  }

  @Test func `a store that can't be read is failing`() async throws {
    let folder = try TemporaryFolder()
    try Data(repeating: 7, count: 8_192).write(to: folder.url.appending(path: "baton.sqlite"))
    let result = try await Product.run(
      ["doctor"], environment: ["BATON_DATA_DIR": folder.url.path, "BATON_CONFIG_DIR": Product.config.path],
      directory: folder.url)
    #expect(result.code == 1)
    #expect(result.output.contains(/failing +store/), "\(result.output)")
  }

  @Test func `Redis is told to be fit with its risk, or why it is not, and nothing is written to it`() async throws {
    let server = try await RedisServer(fsync: "everysec")
    let folder = try TemporaryFolder()
    let environment = ["REDIS_URL": server.url, "BATON_CONFIG_DIR": Product.config.path]
    let fit = try await Product.run(["doctor"], environment: environment, directory: folder.url)
    #expect(fit.code == 0 && fit.output.contains("still empty"), "\(fit.output)")
    #expect(fit.output.contains("up to 1 s is at risk"))
    let again = try await Product.run(["doctor"], environment: environment, directory: folder.url)
    #expect(again.output.contains("still empty"), "the first run left something behind: \(again.output)")
    let forgetful = try await RedisServer(options: ["--appendonly", "no"])
    let unfit = try await Product.run(
      ["doctor"], environment: environment.merging(["REDIS_URL": forgetful.url]) { $1 }, directory: folder.url)
    #expect(unfit.code == 1 && unfit.output.contains("set appendonly yes"), "\(unfit.output)")
    try await server.kill()
    let gone = try await Product.run(["doctor"], environment: environment, directory: folder.url)
    #expect(gone.code == 1 && gone.output.contains("REDIS_URL"), "\(gone.output)")
  }
}
