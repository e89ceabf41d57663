import Foundation
import Hiredis
import Ingress
import Logging
import TestSupport
import Testing

@testable import App

@Suite("The environment")
struct BatonEnvironmentTests {
  static let whsec = "whsec_" + Data("thirty-two bytes of a test secret".utf8).base64EncodedString()

  static func problems(_ variables: [String: String], examples: [String: String] = [:]) -> [String] {
    do {
      _ = try BatonEnvironment.read(variables: variables, examples: examples)
      return []
    } catch {
      return error.problems.map(\.variable)
    }
  }

  @Test("An empty environment is the documented defaults with every integration off")
  func defaults() throws {
    let environment = try BatonEnvironment.read(variables: [:])
    #expect(environment.host == "127.0.0.1")
    #expect(environment.port == 8080)
    #expect(environment.configDirectory == "./config")
    #expect(environment.mode == .live)
    #expect(environment.logLevel == .info)
    #expect(environment.integrations.allSatisfy { !$0.isOn })
  }

  @Test("Every service is on with its credentials, at its address")
  func services() throws {
    let environment = try BatonEnvironment.read(variables: [
      "BATON_PORT": "0", "BATON_MODE": "shadow",
      "WEBHOOK_SECRET": "\(Self.whsec), \(Self.whsec)x===".replacing("x===", with: ""),
      "WEBHOOK_TOKEN": "token-of-a-form", "ADMIN_TOKEN": "token-of-an-admin", "SLACK_BOT_TOKEN": "xoxb-0123456789",
      "SLACK_SIGNING_SECRET": "signing-secret-1,signing-secret-2", "SLACK_API_URL": "http://127.0.0.1:1/slack/",
      "HUBSPOT_API_KEY": "pat-0123456789", "PINECONE_API_KEY": "pcsk_0123456789", "PINECONE_INDEX_HOST": "h.example",
      "PINECONE_API_URL": "http://127.0.0.1:2", "OPENAI_API_KEY": "sk-0123456789", "OPENAI_MODEL": "m",
      "APOLLO_API_KEY": "apollo-0123456789", "CLEARBIT_API_KEY": "clearbit-0123456789", "LOG_LEVEL": "DEBUG",
    ])
    #expect(environment.integrations.allSatisfy { $0.isOn })
    #expect(environment.mode == .shadow)
    #expect(environment.webhook.secrets.count == 2)
    #expect(environment.slack?.signingSecrets == ["signing-secret-1", "signing-secret-2"])
    #expect(environment.slack?.apiURL == "http://127.0.0.1:1/slack")
    #expect(environment.hubspot?.accessToken == "pat-0123456789")
    #expect(environment.hubspot?.apiRelease == "2026-09")
    #expect(environment.pinecone?.index == .host("http://h.example"))
    #expect(environment.clearbit?.apiURL == nil)
    #expect(environment.logLevel == .debug)
  }

  @Test("REDIS_URL names the shared store, and what is wrong with it is told without its password")
  func redis() throws {
    let environment = try BatonEnvironment.read(variables: ["REDIS_URL": "redis://:open-sesame@cache.example:6380/2"])
    #expect(
      environment.redis == RedisAddress(.host("cache.example", port: 6380), password: "open-sesame", database: 2))
    do {
      _ = try BatonEnvironment.read(variables: ["REDIS_URL": "rediss://:open-sesame@cache.example"])
      Issue.record("TLS is not there yet")
    } catch {
      #expect("\(error)".contains("stunnel"))
      #expect(!"\(error)".contains("open-sesame"))
    }
  }

  @Test("Everything that is wrong is told at once, by name and without a value")
  func allAtOnce() {
    let wrong = [
      "BATON_PORT": "99999", "BATON_PUBLIC_URL": "http://plain.example", "BATON_MODE": "dry",
      "REDIS_URL": "rediss://secret-host:1",
      "ADMIN_TOKEN": "short-pass", "WEBHOOK_SECRET": "whsec_notbase64!!", "LOG_LEVEL": "loud",
      "APOLLO_API_URL": "ftp://x",
      "SLACK_BOT_TOKEN": "   ",
    ]
    #expect(Set(Self.problems(wrong)) == Set(wrong.keys))
    do {
      _ = try BatonEnvironment.read(variables: wrong)
    } catch {
      for value in wrong.values where value.count > 4 && value.contains(where: \.isLetter) {
        #expect(!"\(error)".contains(value.trimmingCharacters(in: .whitespaces)) || value.allSatisfy(\.isWhitespace))
      }
    }
  }

  @Test("A variable that is set but blank is refused, whichever it is", arguments: Variable.allCases)
  func blank(_ variable: Variable) {
    #expect(Self.problems([variable.name: " \t"]) == [variable.name])
    #expect(Self.problems([variable.name: ""]) == [variable.name])
  }

  @Test(
    "A secret that is short, or the one of the example, is refused", arguments: Variable.allCases.filter(\.isSecret))
  func weak(_ variable: Variable) {
    #expect(Self.problems([variable.name: "elevenchars"]).contains(variable.name))
    let printed = "replace-me-with-yours"
    #expect(Self.problems([variable.name: printed], examples: [variable.name: printed]).contains(variable.name))
  }

  @Test("The values that the shipped example shows as secrets do not start Baton")
  func shippedExample() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "config/env.example")
    let text = try String(contentsOf: file, encoding: .utf8)
    let examples = DotenvFile.examples(text)
    for variable in Variable.allCases { #expect(text.contains(variable.name + "="), "\(variable.name)") }
    for variable in Variable.allCases where variable.isSecret {
      let shown = try #require(examples[variable.name], "\(variable.name)")
      #expect(Self.problems([variable.name: shown], examples: examples).contains(variable.name), "\(variable.name)")
    }
  }

  @Test("Half of a service is a remark, not a start")
  func halves() throws {
    let environment = try BatonEnvironment.read(variables: [
      "SLACK_SIGNING_SECRET": "signing-secret-1", "PINECONE_API_KEY": "pcsk_0123456789",
      "OPENAI_API_KEY": "sk-0123456789",
    ])
    #expect(environment.integrations.allSatisfy { !$0.isOn })
    #expect(Set(environment.remarks.map(\.variable)) == ["SLACK_SIGNING_SECRET", "PINECONE_API_KEY", "OPENAI_API_KEY"])
  }

  @Test("It never prints itself")
  func silent() throws {
    let environment = try BatonEnvironment.read(variables: ["ADMIN_TOKEN": "token-of-an-admin"])
    var dumped = ""
    dump(environment, to: &dumped)
    #expect(!(dumped + "\(environment)" + String(reflecting: environment)).contains("token-of"))
  }

  @Test(".env is read for what the real environment does not set")
  func dotenv() throws {
    let folder = try TemporaryFolder()
    let text =
      "# comment\nexport BATON_DATA_DIR=\"/data # not a comment\"\nLOG_FORMAT=text # why\n\nBATON_HOST='0.0.0.0'\n"
    try Data(text.utf8).write(to: folder.url.appending(path: ".env"))
    let environment = try BatonEnvironment.load(directory: folder.url.path)
    #expect(environment.dataDirectory == "/data # not a comment")
    #expect(environment.logFormat == .text)
    #expect(environment.host == "0.0.0.0")
  }

  @Test(
    "A line of .env that is no assignment is refused by its number",
    arguments: ["NAME", "=x", "1A=x", "A=\"open", "A='x'y"])
  func badDotenv(_ line: String) {
    #expect(throws: DotenvFile.Fault(line: 2)) { try DotenvFile.parse("# first\n\(line)\nB=1") }
  }
}
