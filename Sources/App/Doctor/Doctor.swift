import Curl
import Foundation
import HubSpot
import OpenAI
import Pinecone
import PolicyFiles
import RevOps
import SlackAPI
import VendorAPI

/// Looks at everything that Baton needs as it is now, and says what to do: `baton doctor`.
///
/// Works with what is right of the environment and the configuration, and disturbs no service that is running.
public struct Doctor: Sendable {
  private let settings: BatonEnvironment
  private let problems: [EnvironmentProblem]
  private let loaded: Result<LoadedPolicy, PolicyFailure>
  private let transport: any HTTPTransport
  private let limiter: RateLimiter
  private let wishesFixes: Bool
  private var fixes: Bool { wishesFixes && settings.mode == .live }

  /// - Parameters:
  ///   - problems: what is wrong with the environment.
  ///   - fixes: whether what is missing in a service is made there, where that can be done. Never in shadow mode.
  public init(_ settings: BatonEnvironment, problems: [EnvironmentProblem], fixes: Bool) {
    self.settings = settings
    self.problems = problems
    wishesFixes = fixes
    do throws(PolicyFailure) {
      loaded = .success(try PolicyLoader(folder: settings.configDirectory).load())
    } catch { loaded = .failure(error) }
    transport = CurlClient()
    limiter = RateLimiter(rates: (Self.policy(loaded)?.playbook ?? Playbook()).rates.limits)
  }

  /// With errors, what is left without what is wrong.
  private static func policy(_ loaded: Result<LoadedPolicy, PolicyFailure>) -> Policy? {
    switch loaded {
    case .success(let loaded): loaded.policy
    case .failure(let failure): failure.salvaged
    }
  }

  public func examine() async -> DoctorReport {
    let own = SettingsExamination(
      settings: settings, problems: problems, policy: loaded, wishesFixes: wishesFixes
    ).findings()
    return DoctorReport(
      own + (await Examination.sideBySide([store, slack, hubspot, apollo, clearbit, openAI, pinecone])))
  }

  // MARK: Parts

  private var store: Examination {
    Examination("store", "store") {
      guard !isDoubtful("REDIS_URL"), !isDoubtful("BATON_DATA_DIR") else { return [notLookedAt("store")] }
      return await StoreExamination(settings: settings).findings()
    }
  }

  private var slack: Examination {
    Examination("slack", "token", limit: .seconds(300)) {
      guard let slack = settings.slack else {
        return [absent("slack", "SLACK_", "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET")]
      }
      let policy = Self.policy(loaded)
      return await SlackExamination(
        client: SlackClient(transport: transport, apiURL: slack.apiURL, token: slack.botToken), settings: slack,
        people: policy.map(NamedPerson.all), channels: policy.map(NamedChannel.all), fixes: fixes
      ).findings()
    }
  }

  private var hubspot: Examination {
    Examination("hubspot", "token", limit: .seconds(120)) {
      guard let hubspot = settings.hubspot else { return [absent("hubspot", "HUBSPOT_", "HUBSPOT_ACCESS_TOKEN")] }
      let policy = Self.policy(loaded)
      return await HubSpotExamination(
        inspection: HubSpotInspection(client: hubspot.client(transport, limiter)), settings: hubspot,
        people: policy.map(NamedPerson.all),
        playbook: policy?.playbook, fixes: fixes
      ).findings()
    }
  }

  private var apollo: Examination {
    Examination("apollo", "key") {
      guard let apollo = settings.apollo else { return [absent("apollo", "APOLLO_", "APOLLO_API_KEY")] }
      return await EnrichmentExamination.apollo(apollo.client(transport, limiter))
    }
  }

  private var clearbit: Examination {
    Examination("clearbit", "key") {
      settings.clearbit == nil
        ? [absent("clearbit", "CLEARBIT_", "CLEARBIT_API_KEY")] : [EnrichmentExamination.clearbit]
    }
  }

  private var openAI: Examination {
    Examination("openai", "key") {
      guard let openAI = settings.openAI else {
        return [absent("openai", "OPENAI_", "OPENAI_API_KEY with OPENAI_MODEL or OPENAI_EMBEDDING_MODEL")]
      }
      return await OpenAIExamination(
        models: OpenAIModels(client: openAI.client(transport, limiter)), embedding: embedding, settings: openAI,
        today: Date()
      ).findings()
    }
  }

  private var embedding: Embedding? {
    settings.openAI.flatMap { $0.embedding($0.client(transport, limiter)) }
  }

  private var pinecone: Examination {
    Examination("pinecone", "index") {
      guard let pinecone = settings.pinecone else {
        return [absent("pinecone", "PINECONE_", "PINECONE_API_KEY and PINECONE_INDEX")]
      }
      let index = PineconeIndex.make(client: pinecone.client(transport, limiter))
      return await PineconeExamination(index: index, embedding: embedding).findings()
    }
  }

  // MARK: What is not there

  /// Whether a variable, or all with that beginning, may be other than they were meant.
  private func isDoubtful(_ beginning: String) -> Bool {
    problems.contains { $0.variable == ".env" || $0.variable.hasPrefix(beginning) }
  }

  private func absent(_ service: String, _ variables: String, _ needed: String) -> Finding {
    isDoubtful(variables)
      ? notLookedAt(service) : Finding(service, "configured", .off, "not configured", remedy: "set \(needed) to use it")
  }

  private func notLookedAt(_ service: String) -> Finding {
    Finding(
      service, "configured", .failing, "not looked at: its variables are wrong", remedy: "mend the environment first")
  }
}
