import Foundation
import TestPrograms
import Testing

@Suite struct GeneratorTests {
    /// Runs the plugin over one proto file; what it refuses is thrown.
    private func generate(_ body: String) async throws -> String {
        try await Reference.withScratch { scratch in
            let proto = scratch.appending(path: "sample.proto")
            try Data("syntax = \"proto3\";\npackage sample.v1;\n\(body)\n".utf8).write(to: proto)
            let plugin = Checkout.path("scripts/protoc-gen-linekeeper")
            _ = try await Reference.run(
                "/usr/bin/protoc",
                [
                    "-I", scratch.path, "--plugin=protoc-gen-linekeeper=\(plugin)",
                    "--linekeeper_out=\(scratch.path)", proto.path,
                ])
            let swift = scratch.appending(path: "sample.pb.swift")
            return String(decoding: try Data(contentsOf: swift), as: UTF8.self)
        }
    }

    @Test(
        "refuses what the conversion cannot do rightly",
        arguments: [
            ("message A { A a = 1; }", "sample.v1.A -> sample.v1.A"),
            (
                "message A { B b = 1; } message B { repeated C c = 1; } message C { A a = 1; }",
                "sample.v1.A -> sample.v1.B -> sample.v1.C -> sample.v1.A"
            ),
            ("message A { oneof x { A a = 1; } }", "sample.v1.A -> sample.v1.A"),
            ("message A { double d = 1; }", "sample.v1.A.d: floating point"),
            ("message A { optional string s = 1; }", "oneof s_opt"),
            ("message A { map<string, uint32> m = 1; }", "only map<string, string>"),
            ("message A { string s = 1001; }", "field numbers end at 1000"),
            ("enum E { ZERO = 0; MINUS = -1; }", "negative"),
            ("enum E { UNRECOGNIZED = 0; }", "no name for a Swift case"),
            ("message A { string a_b = 1; string aB = 2; }", "aB is taken twice"),
            ("message A { message X {} oneof x { string y = 1; } }", "X is taken twice"),
            ("message A { string unknown_fields = 1; }", "unknownFields is taken"),
        ])
    func refuses(body: String, why: String) async {
        let error = await #expect(throws: Program.Failure.self) { try await generate(body) }
        // protoc may itself refuse two names that clash in JSON; the plugin is not asked then.
        let said = error?.description ?? ""
        #expect(said.contains(why) || said.contains("JSON camel-case name"), "\(said)")
    }

    @Test func `names follow Swift and comments become documentation`() async throws {
        let swift = try await generate(
            """
            // What a message is for.
            message Sample {
              string number_id = 1;  // who it is
              repeated string e164s = 2;
              string webhook_url = 3;
              bool default = 4;
              oneof ring_timeout_seconds_opt { uint32 ring_timeout_seconds = 5; }
              oneof target { string agent_id = 6; bool reject = 7; }
            }
            """)
        for line in [
            "/// What a message is for.", "/// Who it is.", "public var numberID: String = \"\"",
            "public var e164s: [String] = []", "public var webhookURL: String = \"\"",
            "public var `default`: Bool = false", "public var ringTimeoutSeconds: UInt32?",
            "public var target: Target?", "case agentID(String)", "/// `webhook_url`, field 3.",
        ] {
            #expect(swift.contains(line))
        }
    }
}
