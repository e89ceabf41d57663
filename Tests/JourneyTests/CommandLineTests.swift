import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct CommandLineTests {
  private static let sample = "config/samples/dach-bank-cto.json"

  @Test func `check accepts the sample configuration`() async throws {
    let result = try await Product.run(["check"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("no errors"))
  }

  @Test func `check names file and line of every error and ends with 1`() async throws {
    let folder = try Self.broken()
    let result = try await Product.run(["check", "--config", folder.url.path])
    #expect(result.code == 1)
    #expect(result.errors.contains(/routing\.yaml:\d+/))
    #expect(result.errors.contains(/scoring\.yaml:\d+/))
    #expect(result.errors.contains("assing"), "the unknown key is named: \(result.errors)")
  }

  @Test func `route shows path, team, the rule that matched and the reps considered`() async throws {
    let result = try await Product.run(["route", "--lead", Self.sample, "--at", "2026-03-02T10:00:00Z"])
    #expect(result.code == 0, "\(result.errors)")
    for word in ["Financial services in EMEA, 201 and more", "fintech-emea", "jonas@northwind.example"] {
      #expect(result.output.contains(word), "\(word) in \(result.output)")
    }
    let json = try await Product.run(["route", "--lead", Self.sample, "--json"])
    #expect(JSON.parse(Data(json.output.utf8))?.isObject == true)
  }

  @Test func `eval tells accuracy and misses, and ends with 1 below the minimum`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "leads.jsonl")
    let lead = try FormLead.sample("dach-bank-cto").json
    let right: JSON = ["id": "right", "lead": lead, "expect": ["path": "qualify", "team": "fintech-emea"]]
    let wrong: JSON = ["id": "wrong", "lead": lead, "expect": ["team": "us-west"]]
    try (right.encoded + "\n" + wrong.encoded + "\n").write(to: file, atomically: true, encoding: .utf8)
    let half = try await Product.run(["eval", "--leads", file.path, "--json"])
    #expect(half.code == 1)
    let report = try #require(JSON.parse(Data(half.output.utf8)))
    #expect(report["total"].whole == 2 && report["correct"].whole == 1)
    #expect(report["misses"][0]["id"].text == "wrong")
    #expect(report["misses"][0]["got"]["team"].text == "fintech-emea")
    #expect(try await Product.run(["eval", "--leads", file.path, "--min", "0.5"]).code == 0)
  }

  @Test func `backtest and replay read the store of a running service`() async throws {
    try await Desk.open { desk in
      let lead = try await desk.submit(.berlin("nora"))
      _ = try await desk.card(in: "#leads-dach", about: "Nora Winter")
      try await desk.lead(lead.lead, "delivered") { $0["state"].text == "delivered" }
      let data = ["BATON_DATA_DIR": desk.folderPath + "/var"]
      let replay = try await Product.run(["replay", lead.lead, "--json"], environment: data)
      #expect(replay.code == 0, "\(replay.errors)\(replay.output)")
      #expect(JSON.parse(Data(replay.output.utf8))?["identical"].whole == 1)
      let same = try await Product.run(
        ["backtest", "--config", Product.config.path, "--json"], environment: data)
      #expect(same.code == 0, "\(same.errors)\(same.output)")
      #expect(JSON.parse(Data(same.output.utf8))?["moved"].items.isEmpty == true)

      // The territory's team is misspelt: refused, and its lead is listed.
      let broken = try Self.changed("routing.yaml", "assign: emea-dach }", "assign: emea-dahc }")
      let refused = try await Product.run(["backtest", "--config", broken.url.path, "--json"], environment: data)
      #expect(refused.code == 2)
      #expect(refused.errors.contains(/routing\.yaml:\d+:\d+: error.*emea-dahc/), "\(refused.errors)")
      let report = try #require(JSON.parse(Data(refused.output.utf8)))
      #expect(report["leads"].whole == 1 && report["moved"][0]["lead_id"].text == lead.lead)

      // The territory is gone: nobody gets its lead any more.
      let gone = try Self.changed("routing.yaml", "DACH: [DE, AT, CH, LI]", "DACH: [AT, CH, LI]")
      let unrouted = try await Product.run(["backtest", "--config", gone.url.path, "--json"], environment: data)
      #expect(unrouted.code == 1, "\(unrouted.errors)")
      #expect(JSON.parse(Data(unrouted.output.utf8))?["newly_unrouted"][0].text == lead.lead)
    }
  }

  @Test func `replay says so where there is no store or no such lead`() async throws {
    let folder = try TemporaryFolder()
    let nowhere = try await Product.run(["replay"], environment: ["BATON_DATA_DIR": folder.url.path])
    #expect(nowhere.code == 3)
    #expect(nowhere.errors.contains("there is no store yet"))
    let nobody = try await Product.run(["replay", "number one"], environment: ["BATON_DATA_DIR": folder.url.path])
    #expect(nobody.code == 64)
    #expect(nobody.errors.contains("`number one` is no lead's id"))
  }

  @Test func `graph draws all stages as Mermaid`() async throws {
    let result = try await Product.run(["graph"])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("flowchart"))
    for stage in ["capture", "enrich", "score", "route", "summarize", "deliver", "nurture"] {
      #expect(result.output.contains(stage))
    }
  }

  @Test func `manifest holds the public address of each of Slack's routes`() async throws {
    let folder = try TemporaryFolder()
    let result = try await Product.run(
      ["manifest"], environment: ["BATON_PUBLIC_URL": "https://baton.northwind.example"], directory: folder.url)
    #expect(result.code == 0, "\(result.errors)")
    for route in ["events", "commands", "interactions", "options"] {
      #expect(result.output.contains("https://baton.northwind.example/slack/\(route)"), "\(route)")
    }
    #expect(result.output.contains("/lead"))
  }

  @Test func `serve refuses a broken configuration with file and line`() async throws {
    let folder = try Self.broken()
    let result = try await Product.run(
      ["serve"],
      environment: [
        "BATON_CONFIG_DIR": folder.url.path, "BATON_DATA_DIR": folder.url.path + "/var", "BATON_PORT": "0",
      ],
      directory: folder.url)
    #expect(result.code == 1)
    #expect(result.errors.contains(/routing\.yaml:\d+/))
  }

  @Test func `serve refuses a bad environment, names each variable and tells no value`() async throws {
    let folder = try TemporaryFolder()
    let result = try await Product.run(
      ["serve"],
      environment: [
        "BATON_CONFIG_DIR": Product.config.path, "BATON_DATA_DIR": folder.url.path, "BATON_PORT": "eighty",
        "SLACK_SIGNING_SECRET": "tooshort", "SLACK_BOT_TOKEN": "", "WEBHOOK_SECRET": "whsec_replace_me",
        "HUBSPOT_API_URL": "ftp://hidden-host.example", "ADMIN_TOKEN": "a-secret-admin-token",
      ], directory: folder.url)
    #expect(result.code == 1)
    for name in ["BATON_PORT", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "WEBHOOK_SECRET", "HUBSPOT_API_URL"] {
      #expect(result.errors.contains(name), "\(name)")
    }
    for value in ["eighty", "tooshort", "whsec_replace_me", "hidden-host", "a-secret-admin-token"] {
      #expect(!result.errors.contains(value), "\(value)")
      #expect(!result.output.contains(value), "\(value)")
    }
  }

  /// The sample configuration with another text in one place, and without its examples.
  private static func changed(_ file: String, _ old: String, _ new: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["routing.yaml", "scoring.yaml", "playbook.yaml"] {
      var text = try String(contentsOf: Product.config.appending(path: name), encoding: .utf8)
      if name == file {
        try #require(text.contains(old))
        text = text.replacingOccurrences(of: old, with: new)
      }
      if let examples = text.range(of: "\nexamples:") { text = String(text[..<examples.lowerBound]) + "\n" }
      try text.write(to: folder.url.appending(path: name), atomically: true, encoding: .utf8)
    }
    return folder
  }

  /// The sample configuration with a mistake in two of its files.
  private static func broken() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["routing.yaml", "scoring.yaml", "playbook.yaml"] {
      var text = try String(contentsOf: Product.config.appending(path: name), encoding: .utf8)
      if name == "routing.yaml" {
        text = text.replacingOccurrences(of: "    assign: partner-desk", with: "    assing: partner-desk")
      }
      if name == "scoring.yaml" { text = text.replacingOccurrences(of: "llm: 0.4", with: "llm: 0.6") }
      try text.write(to: folder.url.appending(path: name), atomically: true, encoding: .utf8)
    }
    return folder
  }
}
