namespace StackHub.Cli.Hosting;

/// <summary>Held by the process that serves a data folder; the operating system lets go of it however the process ends.</summary>
public sealed class DataFolderLock : IDisposable
{
    private const string FileName = "hub.lock";
    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Null while another process serves the folder.</summary>
    public static DataFolderLock? TryTake(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        try
        {
            return new(new(Path.Combine(dataFolder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>True while a process serves the folder; makes nothing.</summary>
    public static bool IsHeld(string dataFolder)
    {
        if (!File.Exists(Path.Combine(dataFolder, FileName)))
            return false;
        using var taken = TryTake(dataFolder);
        return taken is null;
    }

    public void Dispose() => file.Dispose();
}
