public import Chat
public import LocalSpeech
public import RealtimeUpstream
public import Scripting
import Settings

/// The responders that the settings file sets up, the section `responders`; nil where it says nothing of one.
public struct ResponderSettings: Sendable, Equatable {
    /// Recognition, a language model and synthesis, each a service.
    public var chat: ChatSettings?
    /// Answers by rules.
    public var script: Script?
    /// Recognition and synthesis on this machine.
    public var local: LocalSettings?
    /// Another server that speaks the Realtime protocol.
    public var upstream: UpstreamSettings?

    /// None.
    public init() {}

    /// Those of a settings file.
    /// - Throws: ``SettingsError`` that names file, line, what was found and what was expected.
    init(in file: inout SettingsSection) throws(SettingsError) {
        guard var responders = try file.section("responders") else { return }
        chat = try responders.read("chat") { section throws(SettingsError) in try ChatSettings(&section) }
        script = try responders.read("script") { section throws(SettingsError) in try Script(&section) }
        local = try responders.read("local") { section throws(SettingsError) in try LocalSettings(&section) }
        upstream = try responders.read("openai-realtime") { section throws(SettingsError) in
            try UpstreamSettings(&section)
        }
        try responders.finish()
    }
}

extension SettingsSection {
    /// Reads the section of this name to its end; nil if there is none.
    fileprivate mutating func read<Part>(
        _ name: String, _ part: (inout SettingsSection) throws(SettingsError) -> Part
    ) throws(SettingsError) -> Part? {
        guard var section = try section(name) else { return nil }
        let settings = try part(&section)
        try section.finish()
        return settings
    }
}
