import Ingress
import PolicyFiles
import RevOps

/// Baton's own settings: the environment, who may call, and the configuration files.
struct SettingsExamination: Sendable {
  let settings: BatonEnvironment
  let problems: [EnvironmentProblem]
  let policy: Result<LoadedPolicy, PolicyFailure>
  /// Whether the admin asked for what is missing to be made.
  let wishesFixes: Bool

  func findings() -> [Finding] {
    environment + configuration + prompts + [address, webhook, admin, mode].compactMap(\.self)
  }

  private var environment: [Finding] {
    let problems = problems.map { problem in
      Finding(
        "baton", "environment", .failing, problem.description,
        remedy: "mend it: Baton does not start (config/env.example)")
    }
    let remarks = settings.remarks.map { Finding("baton", "environment", .warning, $0.description) }
    let all = problems + remarks
    return all.isEmpty ? [Finding("baton", "environment", .ok, "every variable that is set can be read")] : all
  }

  private var configuration: [Finding] {
    switch policy {
    case .success(let loaded):
      let routing = loaded.policy.routing
      let words =
        "\(settings.configDirectory): version \(loaded.policy.version), \(routing.teams.count) teams, "
        + "\(routing.rules.count) routing rules"
      return [Finding("baton", "configuration", .ok, words)] + loaded.warnings.map { Self.finding($0, "configuration") }
    case .failure(let failure): return failure.diagnostics.map { Self.finding($0, "configuration") }
    }
  }

  /// Read only where a model is asked.
  private var prompts: [Finding] {
    guard settings.openAI?.model != nil else { return [] }
    do throws(PolicyFailure) {
      let prompts = try PromptLoader(folder: settings.promptsDirectory).load()
      let versions = "\(prompts.scoring.version) (scoring), \(prompts.summary.version) (summary)"
      return [Finding("baton", "prompts", .ok, "\(settings.promptsDirectory): versions \(versions)")]
    } catch {
      return error.diagnostics.map { Self.finding($0, "prompts") }
    }
  }

  private static func finding(_ diagnostic: Diagnostic, _ check: String) -> Finding {
    Finding(
      "baton", check, diagnostic.severity == .error ? .failing : .warning,
      "\(diagnostic.file):\(diagnostic.line):\(diagnostic.column): \(diagnostic.message)",
      remedy: diagnostic.suggestion)
  }

  /// Slack sends clicks there unless over a socket, and HubSpot's signature is made with it.
  private var address: Finding {
    if let url = settings.publicURL { return Finding("baton", "public_url", .ok, url) }
    let needsIt = (settings.slack.map { $0.appToken == nil } ?? false) || settings.hubspot?.appSecret != nil
    return Finding(
      "baton", "public_url", needsIt ? .warning : .off,
      "not set: links, Slack's manifest and HubSpot's signature need it",
      remedy: "set BATON_PUBLIC_URL to the https address at which Slack and HubSpot reach Baton")
  }

  private var webhook: Finding {
    let (secrets, tokens) = (settings.webhook.secrets.count, settings.webhook.tokens.count)
    guard secrets + tokens > 0 else {
      return Finding(
        "baton", "webhook", .off, "/webhooks/lead answers 503: no form can send leads",
        remedy: "set WEBHOOK_SECRET (signed) or WEBHOOK_TOKEN (bearer token)")
    }
    return Finding("baton", "webhook", .ok, "\(secrets) signing secrets, \(tokens) bearer tokens")
  }

  private var admin: Finding {
    settings.adminToken == nil
      ? Finding(
        "baton", "admin", .off, "/admin and /metrics answer 503", remedy: "set ADMIN_TOKEN to have them")
      : Finding("baton", "admin", .ok, "/admin and /metrics are on")
  }

  /// Said only where it is not what everybody expects.
  private var mode: Finding? {
    guard settings.mode == .shadow else { return nil }
    return Finding(
      "baton", "mode", .warning, "shadow: nothing is written to Slack, HubSpot or Pinecone",
      remedy: wishesFixes ? "for --fix, set BATON_MODE=live: nothing was made or joined now" : nil)
  }
}
