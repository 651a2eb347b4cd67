import ArgumentParser

/// `visavis avatar`: makes avatars, and looks after them.
struct AvatarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "avatar",
        abstract: "Make avatars, and look after them.",
        discussion: """
            Your own avatars lie in avatars/ of $VISAVIS_HOME, or of ~/.local/share/visavis.

            EXAMPLES
              visavis avatar create --video anna.mp4 --name Anna
              visavis avatar create --engine viseme --photo carla.jpg --name Carla
              visavis avatar import results/v15/avatars/avator_1 --name anna
              visavis avatar list
              visavis serve --engine musetalk --avatar anna
            """,
        subcommands: [
            AvatarCreate.self, AvatarImport.self, AvatarList.self, AvatarInspect.self, AvatarRemove.self,
            AvatarLint.self,
        ])
}
