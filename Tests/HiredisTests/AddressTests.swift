import Hiredis
import Testing

@Suite struct AddressTests {
  @Test func `an address names host, port, user, password and database`() throws {
    let address = try RedisAddress("redis://baton:p%40ss@cache.example:6380/3")
    #expect(
      address
        == RedisAddress(.host("cache.example", port: 6380), user: "baton", password: "p@ss", database: 3))
    #expect(
      try RedisAddress("redis://:secret@localhost") == RedisAddress(.host("localhost", port: 6379), password: "secret"))
    #expect(try RedisAddress("redis://[::1]:7000/") == RedisAddress(.host("::1", port: 7000)))
    #expect(try RedisAddress("redis://[::1]") == RedisAddress(.host("::1", port: 6379)))
  }

  @Test func `an address may be a unix socket`() throws {
    #expect(try RedisAddress("redis+unix:///run/redis/r.sock") == RedisAddress(.socket(path: "/run/redis/r.sock")))
    let address = try RedisAddress("redis+unix://:pw@/run/my%20redis.sock?db=2")
    #expect(address == RedisAddress(.socket(path: "/run/my redis.sock"), password: "pw", database: 2))
  }

  @Test func `an address printed shows no password`() throws {
    #expect("\(try RedisAddress("redis://u:hush-hush@h.example:1/2"))" == "h.example:1")
  }

  @Test func `TLS is refused with advice`() {
    #expect { try RedisAddress("rediss://h.example") } throws: {
      ($0 as? RedisAddress.Fault)?.advice.contains("stunnel") == true
    }
  }

  @Test(arguments: [
    "localhost:6379", "http://h.example", "redis://", "redis://h.example:port", "redis://h.example:0", "redis://h/x",
    "redis://secret@h.example", "redis://:@h.example", "redis+unix://relative", "redis+unix:///s?x=1",
  ])
  func `what is no address is refused without being quoted`(text: String) {
    #expect { try RedisAddress(text) } throws: { error in
      guard let fault = error as? RedisAddress.Fault else { return false }
      return !fault.advice.isEmpty && !fault.advice.contains("secret") && !fault.advice.contains("h.example")
    }
  }
}
