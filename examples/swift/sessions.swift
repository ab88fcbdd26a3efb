// Sessions of an athlete between two dates, the newest report, and one joint angle, with Foundation alone.
//
//   export KINEBASE_URL=http://127.0.0.1:4750 KINEBASE_CLIENT=riverside
//   export KINEBASE_USERNAME=coach@riverside.example KINEBASE_PASSWORD=demo-movement-1
//   swiftc sessions.swift -o sessions
//   ./sessions "Maya St. Clair" 2026-06-01 2026-12-31 knee_angle_r
//
// Swift 5.7 or later, on macOS and Linux. `Server` and the types before it are all that your own program needs.

import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

struct Athlete: Decodable {
    let id: String
    let firstName: String
    let lastName: String

    enum CodingKeys: String, CodingKey {
        case id = "ValorID"
        case firstName = "FirstName"
        case lastName = "LastName"
    }
}

struct Session: Decodable {
    let id: String
    /// UTC, begins with YYYY-MM-DD.
    let date: String
    /// What report and series are asked for by.
    let s3Key: String
    /// Seconds.
    let duration: Double
    let athleteID: String
    let assessmentID: String
    let exerciseID: String
    let name: String

    enum CodingKeys: String, CodingKey {
        case id = "Session ID"
        case date = "Date"
        case s3Key = "s3Key"
        case duration = "Duration"
        case athleteID = "Athlete ID"
        case assessmentID = "Assessment ID"
        case exerciseID = "Exercise ID"
        case name = "Session Name"
    }
}

struct Report: Decodable {
    let metrics: Metrics

    enum CodingKeys: String, CodingKey {
        case metrics = "WorkoutMetrics"
    }
}

struct Metrics: Decodable {
    /// Metric, side (L, R, F, B), statistics.
    let angles: [String: [String: Statistics]]

    enum CodingKeys: String, CodingKey {
        case angles = "Ang"
    }
}

struct Statistics: Decodable {
    /// Degrees.
    let average: Double
    /// 0, 0.5 or 1; nil where there is no range to score by.
    let score: Double?

    enum CodingKeys: String, CodingKey {
        case average = "AvgMax"
        case score = "Score"
    }
}

/// What every data endpoint answers.
struct Envelope<Body: Decodable>: Decodable {
    let body: Body
    /// Of the next page; nil on the last one, and where there are no pages.
    let token: String?

    enum CodingKeys: String, CodingKey {
        case body = "body"
        case token = "X-Continuation-Token"
    }

    init(from decoder: Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        // A string that holds JSON, unless the client id is registered for parsed bodies.
        if let text = try? members.decode(String.self, forKey: .body) {
            body = try JSONDecoder().decode(Body.self, from: Data(text.utf8))
        } else {
            body = try members.decode(Body.self, forKey: .body)
        }
        token = try members.decodeIfPresent(String.self, forKey: .token)
    }
}

struct SignIn: Decodable {
    let tokens: Tokens

    enum CodingKeys: String, CodingKey {
        case tokens = "AuthenticationResult"
    }
}

struct Tokens: Decodable {
    let idToken: String
    /// A refreshed sign-in names no new one.
    let refreshToken: String?
    /// Seconds.
    let expiresIn: Double

    enum CodingKeys: String, CodingKey {
        case idToken = "IdToken"
        case refreshToken = "RefreshToken"
        case expiresIn = "ExpiresIn"
    }
}

/// What an answer that is no 2xx holds.
struct Refusal: Decodable {
    let message: String
    let code: String?
    let type: String?

    enum CodingKeys: String, CodingKey {
        case message = "message"
        case code = "code"
        case type = "__type"
    }
}

struct ServerError: Error, CustomStringConvertible {
    let description: String
}

/// Signs in when it has to, and renews the token before it ends.
actor Server {
    private let url: String
    private let username: String
    private let password: String
    private let clientID: String
    private var token = ""
    private var refreshToken: String?
    private var renewAt = Date.distantPast

    init(url: String, username: String, password: String, clientID: String) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.username = username
        self.password = password
        self.clientID = clientID
    }

    /// Every session that matches, over all pages. Filters: athleteID, from, to, exerciseID, limit and others.
    func sessions(_ filters: [String: String]) async throws -> [Session] {
        var found: [Session] = []
        var followed: Set<String> = []
        var continuation: String? = "\"\""
        // Nil on the last page. An empty page before it is no end, and a token that comes again would never end.
        while let next = continuation {
            guard followed.insert(next).inserted else {
                throw ServerError(description: "the server named the same continuation token twice")
            }
            let page: Envelope<[Session]> = try await ask("/sessions", filters, continuation: next)
            found += page.body
            continuation = page.token
        }
        return found
    }

    /// What an endpoint answers, without its envelope.
    func get<Body: Decodable>(_ path: String, _ parameters: [String: String] = [:]) async throws -> Body {
        let envelope: Envelope<Body> = try await ask(path, parameters)
        return envelope.body
    }

    private func ask<Answer: Decodable>(
        _ path: String, _ parameters: [String: String], continuation: String? = nil
    ) async throws -> Answer {
        guard var components = URLComponents(string: url + path) else {
            throw ServerError(description: "\(url) is no URL")
        }
        components.queryItems = parameters.map { URLQueryItem(name: $0.key, value: $0.value) }
        // Foundation leaves + as it is, and servers read it as a space.
        components.percentEncodedQuery = components.percentEncodedQuery?
            .replacingOccurrences(of: "+", with: "%2B")
        var request = URLRequest(url: components.url!, timeoutInterval: 60)
        if let continuation = continuation {
            request.setValue(continuation, forHTTPHeaderField: "X-Continuation-Token")
        }
        if Date() >= renewAt { try await renew() }
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        var (data, status) = try await send(request)
        if status == 401 {
            // The token may have been revoked, or this clock may be wrong: one new token is worth a try.
            try await renew()
            request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
            (data, status) = try await send(request)
        }
        return try decode(data, status)
    }

    /// By the refresh token while it is good, else by the password.
    private func renew() async throws {
        if let refreshToken = refreshToken {
            do {
                return try await signIn("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": refreshToken])
            } catch is ServerError {
                self.refreshToken = nil
            }
        }
        try await signIn("USER_PASSWORD_AUTH", ["USERNAME": username, "PASSWORD": password])
    }

    private func signIn(_ flow: String, _ parameters: [String: String]) async throws {
        guard let door = URL(string: url + "/") else { throw ServerError(description: "\(url) is no URL") }
        var request = URLRequest(url: door, timeoutInterval: 60)
        request.httpMethod = "POST"
        request.setValue("application/x-amz-json-1.1", forHTTPHeaderField: "Content-Type")
        request.setValue(
            "AWSCognitoIdentityProviderService.InitiateAuth", forHTTPHeaderField: "X-Amz-Target")
        let members: [String: Any] = ["AuthFlow": flow, "ClientId": clientID, "AuthParameters": parameters]
        request.httpBody = try JSONSerialization.data(withJSONObject: members)
        let (data, status) = try await send(request)
        let answer: SignIn = try decode(data, status)
        token = answer.tokens.idToken
        refreshToken = answer.tokens.refreshToken ?? refreshToken
        renewAt = Date().addingTimeInterval(answer.tokens.expiresIn - 60)
    }
}

/// URLSession's own asynchronous method is missing on Linux before Swift 6.
func send(_ request: URLRequest) async throws -> (Data, Int) {
    try await withCheckedThrowingContinuation { continuation in
        let task = URLSession.shared.dataTask(with: request) { data, response, error in
            if let data = data, let response = response as? HTTPURLResponse {
                continuation.resume(returning: (data, response.statusCode))
            } else {
                continuation.resume(throwing: error ?? URLError(.badServerResponse))
            }
        }
        task.resume()
    }
}

func decode<Answer: Decodable>(_ data: Data, _ status: Int) throws -> Answer {
    if (200..<300).contains(status) { return try JSONDecoder().decode(Answer.self, from: data) }
    guard let refusal = try? JSONDecoder().decode(Refusal.self, from: data) else {
        throw ServerError(description: "no JSON (HTTP \(status)): \(String(decoding: data.prefix(200), as: UTF8.self))")
    }
    let code = refusal.code ?? refusal.type ?? ""
    throw ServerError(description: "\(refusal.message) (HTTP \(status), \(code))")
}

func run(_ arguments: [String], _ environment: [String: String]) async throws {
    guard arguments.count >= 3,
        let url = environment["KINEBASE_URL"], let clientID = environment["KINEBASE_CLIENT"],
        let username = environment["KINEBASE_USERNAME"], let password = environment["KINEBASE_PASSWORD"]
    else {
        let message = "four settings and three arguments are needed: the first lines of this file say which"
        throw ServerError(description: message)
    }
    let (name, from, to) = (arguments[0], arguments[1], arguments[2])
    let channel = arguments.count > 3 ? arguments[3] : "knee_angle_r"
    let server = Server(url: url, username: username, password: password, clientID: clientID)

    let athletes: [Athlete] = try await server.get("/athletes")
    guard let athlete = athletes.first(where: { "\($0.firstName) \($0.lastName)" == name }) else {
        throw ServerError(description: "none of the \(athletes.count) athletes is called \(name)")
    }

    let sessions = try await server.sessions(["athleteID": athlete.id, "from": from, "to": to])
    print("\(sessions.count) sessions of \(name), \(from) to \(to)")
    for session in sessions {
        let seconds = String(format: "%6.2f", session.duration)
        print("\(session.date.prefix(10))  \(seconds) s  \(session.name)")
    }
    guard let newest = sessions.first else { return }

    let report: Report = try await server.get("/reportData", ["s3Key": newest.s3Key])
    print("Report of \(newest.name)")
    for (metric, sides) in report.metrics.angles.sorted(by: { $0.key < $1.key }) {
        for (side, values) in sides.sorted(by: { $0.key < $1.key }) {
            let score = values.score.map { String(format: "score %.1f", $0) } ?? "no score"
            print("\(metric) \(side): \(String(format: "%.1f", values.average)), \(score)")
        }
    }

    let series: [String: [Double]] = try await server.get("/ikData", ["s3Key": newest.s3Key, "channels": channel])
    guard let angles = series[channel], let low = angles.min(), let high = angles.max(),
        let seconds = series["time"]?.last
    else { throw ServerError(description: "the series has no values of \(channel)") }
    let figures = String(format: "%.2f s, %.1f to %.1f", seconds, low, high)
    print("\(channel): \(angles.count) values in \(figures)")
}

do {
    try await run(Array(CommandLine.arguments.dropFirst()), ProcessInfo.processInfo.environment)
} catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(1)
}
