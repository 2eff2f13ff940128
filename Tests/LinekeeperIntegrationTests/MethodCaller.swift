import Foundation
import LinekeeperRPC
import LinekeeperTestSupport

@testable import LinekeeperProto

/// Calls any method by its path, with requests and answers as JSON.
struct MethodCaller {
    let pool: SchemaPool
    let transcoder: JSONTranscoder

    init() throws {
        pool = try SchemaPool(descriptorSet: DescriptorSet.bytes)
        transcoder = JSONTranscoder(pool)
    }

    /// The paths of all methods.
    var paths: [String] { pool.methods.map(\.path) }

    func method(_ path: String) throws -> SchemaPool.Method {
        guard let method = pool.method(path: path) else { throw TestFailure("no method \(path)") }
        return method
    }

    /// A request of ``Requests`` with the scene's values in it.
    func request(_ template: String, _ values: [String: String]) throws -> JSONValue {
        var text = template
        // The longest names first: one may begin like another.
        for (name, value) in values.sorted(by: { $0.key.count > $1.key.count }) {
            text = text.replacingOccurrences(of: "\"$\(name)\"", with: "\"\(value)\"")
        }
        return try JSONParser.parse(text)
    }

    /// How a call ended: the answer, or the first message of a stream, or the refusal.
    enum Outcome: Equatable {
        case answer([UInt8])
        case refusal(Status)

        var refusal: Status? {
            if case .refusal(let status) = self { return status }
            return nil
        }
    }

    func call(
        _ path: String, _ request: JSONValue, _ client: RPCClient, requestID: String? = nil
    ) async throws -> Outcome {
        let method = try method(path)
        let payload = try transcoder.bytes(
            fromJSON: JSONWriter.text(of: request, pretty: false), type: method.input)
        return await call(path, payload, client, requestID: requestID)
    }

    func call(
        _ path: String, _ payload: [UInt8], _ client: RPCClient, requestID: String? = nil
    ) async -> Outcome {
        var options = CallOptions(timeout: .seconds(60), idempotencyKey: UUID().uuidString)
        options.requestID = requestID
        do {
            guard pool.method(path: path)?.isServerStreaming == true else {
                return .answer(try await client.call(path, payload: payload, options))
            }
            for try await item in client.stream(path, payload: payload, options) {
                return .answer(item)
            }
            return .answer([])
        } catch {
            return .refusal(error)
        }
    }
}

/// A field of a request that can name something of a workspace.
struct IDField: Hashable {
    /// The fields' names in the proto from the request down: `["numbers", "e164"]`.
    let path: [String]
    let kind: Requests.Kind
}

extension SchemaPool {
    /// Every field of a message, and of the messages in it, that can name something of a workspace.
    func idFields(of type: String) -> [IDField] {
        guard type != "google.protobuf.Timestamp", let schema = message(type) else { return [] }
        return schema.fields.flatMap { field -> [IDField] in
            if field.kind == .message {
                return idFields(of: field.typeName).map {
                    IDField(path: [field.name] + $0.path, kind: $0.kind)
                }
            }
            guard field.kind == .string, let kind = Requests.Kind(field: field.name) else {
                return []
            }
            return [IDField(path: [field.name], kind: kind)]
        }
    }

    /// Fields that look like ids and that ``Requests/Kind`` does not know.
    func unknownIDFields(of type: String) -> [String] {
        guard let schema = message(type) else { return [] }
        return schema.fields.flatMap { field -> [String] in
            if field.kind == .message { return unknownIDFields(of: field.typeName) }
            let looksLikeID = field.name.hasSuffix("_id") || field.name.hasSuffix("_ids")
            guard looksLikeID, Requests.Kind(field: field.name) == nil else { return [] }
            return ["\(type).\(field.name)"]
        }
    }

    /// A request with another text in a field, wherever the field occurs; `nil` when the request does
    /// not set it.
    func replacing(
        _ path: ArraySlice<String>, in value: JSONValue, of type: String, by text: String
    ) -> JSONValue? {
        guard let name = path.first else { return .string(text) }
        guard case .object(var members) = value, let schema = message(type),
            let place = schema.place(named: name),
            let index = members.firstIndex(where: { schema.place(named: $0.name) == place })
        else { return nil }
        let rest = path.dropFirst()
        let inner = schema.fields[place].typeName
        func new(_ old: JSONValue) -> JSONValue? { replacing(rest, in: old, of: inner, by: text) }
        if case .array(let items) = members[index].value {
            let items = items.compactMap(new)
            guard !items.isEmpty else { return nil }
            members[index].value = .array(items)
        } else {
            guard let changed = new(members[index].value) else { return nil }
            members[index].value = changed
        }
        return .object(members)
    }
}
