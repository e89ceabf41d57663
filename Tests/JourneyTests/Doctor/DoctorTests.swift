import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DoctorTests {
  @Test func `with everything right but the properties, --fix makes them once and all is well`() async throws {
    try await Practice.open { practice in
      let before = try await practice.visit()
      #expect(before.code == 1)
      #expect(before.failures.count == 3, "\(before.failures)")
      for name in ["baton_score", "baton_route_reason", "baton_lead_id"] {
        #expect(before.failures.contains { $0.contains(name) })
        #expect(practice.world.property(.contacts, name) == nil)
      }
      let fixed = try await practice.visit(["--fix"])
      #expect(fixed.code == 0, "\(fixed.failures)")
      #expect(practice.world.property(.contacts, "baton_score")?.type == "number")
      #expect(practice.world.property(.contacts, "baton_route_reason")?.type == "string")
      #expect(practice.world.property(.contacts, "baton_lead_id")?.group == "baton")
      practice.world.clearCalls()
      let after = try await practice.visit(["--fix"])
      #expect(after.code == 0 && after.document["status"].text == "ok", "\(after.output)")
      #expect(practice.world.calls(.hubspot, "properties.create").isEmpty)
      #expect(practice.world.hubSpotViolations.isEmpty, "\(practice.world.hubSpotViolations)")
      #expect(after.findings("slack", "people").first?["detail"].text?.hasPrefix("all ") == true)
      let text = try await Product.run(["doctor"], environment: practice.environment, directory: practice.folder.url)
      #expect(text.code == 0 && text.output.contains(" 0 failing"), "\(text.output)")
    }
  }

  @Test func `nothing is made in shadow mode, and it says so`() async throws {
    try await Practice.open { practice in
      let visit = try await practice.visit(["--fix"], changes: ["BATON_MODE": "shadow"])
      #expect(visit.code == 1)
      #expect(practice.world.property(.contacts, "baton_score") == nil)
      #expect(visit.findings("baton", "mode").first?["remedy"].text?.contains("BATON_MODE=live") == true)
    }
  }

  @Test func `each fault of the workspace is named with its remedy`() async throws {
    var configuration = Sandbox.Configuration()
    configuration.workspace.scopes.removeAll { $0 == "chat:write.public" }
    if let index = configuration.workspace.members.firstIndex(where: { $0.handle == "wei" }) {
      configuration.workspace.members[index].guest = true
    }
    configuration.workspace.members.removeAll { $0.handle == "anna" }
    let rename = ("routing.yaml", "channel: \"#leads-japan\"", "channel: \"#leads-nowhere\"")
    try await Practice.open(configuration, edits: [rename]) { practice in
      let world = practice.world
      world.deactivateUser(try #require(world.userID("jonas@northwind.example")))
      world.archiveChannel(try #require(world.channelID("leads-dach")))
      world.setBotMembership(try #require(world.channelID("leads-france")), false)
      let visit = try await practice.visit()
      let slack = visit.failures.filter { $0.hasPrefix("slack/") }
      let wanted = [
        "the token lacks chat:write.public", "jonas@northwind.example", "is deactivated",
        "anna@northwind.example", "is nobody in Slack", "wei@northwind.example", "is a guest",
        "#leads-nowhere", "does not exist", "#leads-dach", "is archived", "Baton is not in #leads-france",
      ]
      for words in wanted { #expect(slack.contains { $0.contains(words) }, "\(words) in \(slack)") }
      #expect(slack.count == 7, "\(slack)")
      for finding in visit.findings where finding["state"].text == "failing" {
        #expect(finding["remedy"].text?.isEmpty == false, "\(finding)")
      }
      #expect(visit.code == 1)
    }
  }

  @Test func `--fix joins public channels where the app may, and says what to do elsewhere`() async throws {
    for mayJoin in [true, false] {
      var configuration = Sandbox.Configuration()
      if mayJoin { configuration.workspace.scopes.append("channels:join") }
      try await Practice.open(configuration) { practice in
        let channel = try #require(practice.world.channelID("leads-dach"))
        practice.world.setBotMembership(channel, false)
        let visit = try await practice.visit(["--fix"])
        #expect((visit.code == 0) == mayJoin, "\(visit.failures)")
        #expect(practice.world.calls(.slack, "conversations.join").count == (mayJoin ? 1 : 0))
        let about = visit.findings("slack", "channels").first { $0["detail"].text?.contains("#leads-dach") == true }
        #expect(about?["state"].text == (mayJoin ? "ok" : "failing"))
        #expect(mayJoin || about?["remedy"].text?.contains("/invite") == true)
      }
    }
  }

  @Test func `people go by the name that the configuration gives them elsewhere`() async throws {
    var configuration = Sandbox.Configuration()
    for (handle, address) in [("jonas", "j.keller@northwind.example"), ("anna", "a.lindner@northwind.example")] {
      guard let index = configuration.workspace.members.firstIndex(where: { $0.handle == handle }) else { continue }
      configuration.workspace.members[index].email = address
    }
    let edits = [
      (
        "routing.yaml", "email: jonas@northwind.example",
        "email: jonas@northwind.example, slack: U0JONAS, hubspot: j.keller@northwind.example"
      ),
      (
        "routing.yaml", "email: anna@northwind.example",
        "email: anna@northwind.example, slack: a.lindner@northwind.example, hubspot: a.lindner@northwind.example"
      ),
    ]
    try await Practice.open(configuration, edits: edits) { practice in
      let visit = try await practice.visit()
      #expect(!visit.failures.contains { $0.contains("jonas") || $0.contains("anna") }, "\(visit.failures)")
    }
  }

  @Test func `each fault of the CRM is named with its remedy`() async throws {
    let edits = [
      ("playbook.yaml", "hubspot_list: null", "hubspot_list: \"9\""),
      ("playbook.yaml", "sequence: null", "sequence: \"404\""),
      ("playbook.yaml", "claimed: IN_PROGRESS", "claimed: GRABBED"),
      ("playbook.yaml", "qualified: marketingqualifiedlead", "qualified: mql"),
      ("playbook.yaml", "score: baton_score", "score: industry"),
      ("playbook.yaml", "reason: baton_route_reason", "reason: hs_object_id"),
      ("playbook.yaml", "lead_id: baton_lead_id", "lead_id: message"),
    ]
    try await Practice.open(edits: edits) { practice in
      let world = practice.world
      world.addDynamicList("9")
      world.archiveOwner(try #require(world.owner("jonas@northwind.example")).id)
      world.setReadOnly(.contacts, "message")
      let visit = try await practice.visit(changes: ["HUBSPOT_PORTAL_ID": "12345"])
      let hubspot = visit.failures.filter { $0.hasPrefix("hubspot/") }
      let wanted = [
        "HUBSPOT_PORTAL_ID is 12345", "jonas@northwind.example", "is archived in HubSpot",
        "no choice GRABBED", "no choice mql", "industry is of type string", "hs_object_id is read-only",
        "message is read-only", "is dynamic", "no sequence 404",
      ]
      for words in wanted { #expect(hubspot.contains { $0.contains(words) }, "\(words) in \(hubspot)") }
      #expect(hubspot.count == 9, "\(hubspot)")
      #expect(visit.code == 1)
    }
  }

  @Test func `a scope that HubSpot's token lacks is named`() async throws {
    try await Practice.open { practice in
      practice.world.setLackingScopes(["owners.list", "deals.search", "properties.list"])
      let visit = try await practice.visit()
      let remedies = visit.findings.compactMap { $0["remedy"].text }
      for scope in ["crm.objects.owners.read", "crm.objects.deals.read", "crm.schemas.contacts.read"] {
        #expect(remedies.contains { $0.contains(scope) }, "\(scope) in \(remedies)")
      }
      #expect(visit.code == 1)
    }
  }

  @Test func `a scope for writing that HubSpot's token lacks is named, and nothing is written to find out`()
    async throws
  {
    let edits = [
      ("playbook.yaml", "hubspot_list: null", "hubspot_list: \"7\""),
      ("playbook.yaml", "sequence: null", "sequence: \"31\""),
    ]
    let scopes: Set = [
      "crm.objects.contacts.write", "crm.objects.companies.write", "crm.lists.write",
      "automation.sequences.enrollments.write",
    ]
    try await Practice.open(edits: edits) { practice in
      practice.world.takeScopes(scopes)
      let lacking = try await practice.visit()
      for scope in scopes {
        let named = lacking.findings("hubspot", "scopes").filter { $0["remedy"].text?.contains(scope) == true }
        #expect(named.count == 1 && named.first?["state"].text == "failing", "\(scope)")
      }
      #expect(!lacking.output.contains(practice.sandbox.configuration.hubSpotToken))
      practice.world.setScopes(nil)
      let silent = try await practice.visit()
      #expect(silent.findings("hubspot", "scopes").map { $0["state"].text } == ["ok"])
      #expect(practice.world.records(.contacts).isEmpty && practice.world.records(.companies).isEmpty)
    }
  }

  @Test(arguments: [
    ("SLACK_BOT_TOKEN", "slack", "token", "xoxb-revoked-token"),
    ("HUBSPOT_ACCESS_TOKEN", "hubspot", "token", "pat-revoked-token"),
    ("APOLLO_API_KEY", "apollo", "key", "revoked-apollo-key"),
    ("PINECONE_API_KEY", "pinecone", "index", "revoked-pinecone-key"),
    ("OPENAI_API_KEY", "openai", "key", "revoked-openai-key"),
  ])
  func `credentials that are refused are one finding that names the variable and no secret`(
    variable: String, service: String, check: String, value: String
  ) async throws {
    try await Practice.open { practice in
      let visit = try await practice.visit(changes: [variable: value])
      #expect(visit.code == 1)
      let about = visit.findings(service, check)
      #expect(about.count == 1 && about.first?["state"].text == "failing")
      #expect(about.first?["remedy"].text?.contains(variable) == true, "\(about)")
      #expect(visit.failures.count { $0.hasPrefix(service + "/") } == 1, "\(visit.failures)")
      for secret in [value]
        + practice.environment.filter({ $0.key.contains("TOKEN") || $0.key.contains("SECRET") }).values
      {
        #expect(!visit.output.contains(secret))
      }
    }
  }

  @Test func `an index that does not fit the vectors is named with its remedy`() async throws {
    try await Practice.open { practice in
      practice.world.addIndex(Practice.index, dimension: 1_536, metric: "euclidean")
      let visit = try await practice.visit()
      #expect(
        visit.failures.contains { $0.contains("has dimension 1536, sandbox-embedding-1 gives 256") },
        "\(visit.failures)")
      #expect(visit.failures.contains { $0.contains("compares by euclidean") }, "\(visit.failures)")
      let local = try await practice.visit(changes: ["OPENAI_EMBEDDING_MODEL": nil])
      #expect(local.failures.contains { $0.contains("has dimension 1536, local-1 gives 256") }, "\(local.failures)")
      let missing = try await practice.visit(changes: ["PINECONE_INDEX": "no-such-index"])
      #expect(missing.failures.contains { $0.hasPrefix("pinecone/index") && $0.contains("does not exist") })
      #expect(missing.findings("pinecone", "index").first?["remedy"].text?.contains("dimension 256") == true)
    }
  }

  @Test func `a model that is not offered is failing, one that will soon be gone is a warning`() async throws {
    try await Practice.open { practice in
      let soon = String(Date(timeIntervalSinceNow: 30 * 86_400).formatted(.iso8601).prefix(10))
      practice.world.setLanguageModels([
        (Sandbox.Configuration.languageModel, soon), (Sandbox.Configuration.embeddingModel, "2999-01-01"),
      ])
      let ending = try await practice.visit(["--fix"])
      #expect(ending.code == 0, "\(ending.failures)")
      #expect(ending.findings("openai", "model").first?["state"].text == "warning")
      #expect(ending.findings("openai", "model").first?["detail"].text?.contains(soon) == true)
      #expect(ending.findings("openai", "embedding").first?["state"].text == "ok")
      let unknown = try await practice.visit(changes: ["OPENAI_MODEL": "no-such-model"])
      #expect(unknown.failures.contains { $0.hasPrefix("openai/model") && $0.contains("no-such-model") })
      #expect(unknown.code == 1)
    }
  }

  @Test func `a service that can't be reached is told, and the others are looked at all the same`() async throws {
    try await Practice.open { practice in
      let nowhere = "http://127.0.0.1:1"
      let visit = try await practice.visit(changes: ["SLACK_API_URL": nowhere, "HUBSPOT_API_URL": nowhere])
      #expect(visit.findings("slack", "token").first?["remedy"].text?.contains("SLACK_API_URL") == true)
      #expect(visit.findings("hubspot", "token").first?["remedy"].text?.contains("HUBSPOT_API_URL") == true)
      #expect(visit.findings("apollo", "key").first?["state"].text == "ok")
      #expect(visit.code == 1)
    }
  }

  @Test func `asked to wait by Slack it waits, and finds everybody`() async throws {
    try await Practice.open { practice in
      practice.world.setFault(.tooManyRequests(retryAfter: 1), for: .slack, operation: "users.lookupByEmail", calls: 2)
      let visit = try await practice.visit(["--fix"])
      #expect(visit.code == 0, "\(visit.failures)")
    }
  }
}
