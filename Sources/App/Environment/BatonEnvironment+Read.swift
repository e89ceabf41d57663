import Configuration
import Foundation
import Ingress
import Logging

extension BatonEnvironment {
  /// Reads the process's environment and `.env` in `directory`, which may be missing; the former wins. What
  /// `config/env.example` in `directory` shows as a secret's value is not accepted as one.
  public static func load(directory: String = ".") throws(EnvironmentError) -> BatonEnvironment {
    let (environment, problems) = examine(directory: directory)
    guard problems.isEmpty else { throw EnvironmentError(problems: problems) }
    return environment
  }

  /// The same with all that is wrong beside it: a variable that is wrong counts as not set.
  public static func examine(
    directory: String = "."
  ) -> (environment: BatonEnvironment, problems: [EnvironmentProblem]) {
    var file: [String: String] = [:]
    var problems: [EnvironmentProblem] = []
    do { file = try dotenv(directory + "/.env") } catch { problems = error.problems }
    let provider = EnvironmentVariablesProvider(secretsSpecifier: secrets)
    let fallback = EnvironmentVariablesProvider(environmentVariables: file, secretsSpecifier: secrets)
    // A missing example only means that there is nothing to compare with.
    let example = (try? String(contentsOfFile: directory + "/config/env.example", encoding: .utf8)) ?? ""
    let reader = ConfigReader(providers: [provider, fallback])
    let (environment, others) = examine(reader, examples: DotenvFile.examples(example))
    return (environment, problems + others)
  }

  /// The same from given variables.
  public static func read(
    variables: [String: String], examples: [String: String] = [:]
  ) throws(EnvironmentError) -> BatonEnvironment {
    let provider = EnvironmentVariablesProvider(environmentVariables: variables, secretsSpecifier: secrets)
    let (environment, problems) = examine(ConfigReader(provider: provider), examples: examples)
    guard problems.isEmpty else { throw EnvironmentError(problems: problems) }
    return environment
  }

  private static let secrets = SecretsSpecifier<String, String>.dynamic { key, _ in
    Variable(rawValue: key)?.isSecret ?? true
  }

  private static func dotenv(_ path: String) throws(EnvironmentError) -> [String: String] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw EnvironmentError(problems: [.init(file: ".env", "cannot be read as UTF-8 text")])
    }
    do throws(DotenvFile.Fault) {
      return try DotenvFile.parse(text)
    } catch {
      throw EnvironmentError(problems: [.init(file: ".env", "line \(error.line) is not NAME=value")])
    }
  }

  private static func examine(
    _ reader: ConfigReader, examples: [String: String]
  ) -> (environment: Self, problems: [EnvironmentProblem]) {
    var values = EnvironmentValues(reader: reader, examples: examples)
    let publicURL = values.publicURL()
    let environment = BatonEnvironment(
      host: values.text(.host, default: "127.0.0.1"), port: values.whole(.port, in: 0...65_535) ?? 8080,
      publicURL: publicURL,
      configDirectory: values.text(.configDirectory, default: "./config"),
      promptsDirectory: values.text(.promptsDirectory, default: "./prompts"),
      dataDirectory: values.text(.dataDirectory, default: "./var"), redis: values.redis(),
      mode: values.choice(.mode, Mode.self) ?? .live,
      webhook: values.webhook(), adminToken: values.text(.adminToken), slack: values.slack(),
      hubspot: values.hubspot(publicURL: publicURL), pinecone: values.pinecone(), openAI: values.openAI(),
      apollo: values.apollo(),
      clearbit: values.clearbit(), logLevel: values.choice(.logLevel, Logger.Level.self) ?? .info,
      logFormat: values.choice(.logFormat, LogFormat.self), remarks: values.remarks)
    return (environment.with(remarks: values.remarks), values.problems)
  }

  private func with(remarks: [EnvironmentProblem]) -> Self {
    var copy = self
    copy.remarks = remarks
    return copy
  }
}
