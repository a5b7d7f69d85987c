using StackHub.Privacy.Planning;

namespace StackHub.Privacy.Tasks;

/// <summary>Where a request is, from where its tasks are.</summary>
public static class RequestProgress
{
    public static PrivacyRequestState Of(IReadOnlyList<PrivacyTask> tasks) =>
        tasks.All(task => task.IsOver) ? PrivacyRequestState.Complete
        : tasks.Any(task => task.Status is PrivacyTaskStatus.Held or PrivacyTaskStatus.Manual or PrivacyTaskStatus.Failed or PrivacyTaskStatus.Blocked) ? PrivacyRequestState.Partial
        : PrivacyRequestState.InProgress;

    /// <summary>For the person, and no more than is true.</summary>
    public static string Words(IReadOnlyList<PrivacyTask> tasks)
    {
        var systems = tasks.Where(task => !task.IsHub).ToArray();
        var words = new List<string>(tasks.Where(task => task.IsHub).Select(Own).OfType<string>());
        if (systems.Length > 0)
            words.Add($"Done and proven in {systems.Count(task => task.IsOver)} of {systems.Length} systems.");
        else if (tasks.Count == 0)
            words.Add("Nothing of the person was found by what was given.");
        words.AddRange(systems.Where(task => task.Status == PrivacyTaskStatus.Held).GroupBy(task => task.Reason).Select(held => $"{held.Count()} held: {held.Key}."));
        words.AddRange(tasks.SelectMany(task => task.Items.Where(item => item.Kept is not null).Select(item => $"One record in {task.System} is kept until {item.Kept!.Until:yyyy-MM-dd}: {item.Kept.Ground}.")));
        words.AddRange(tasks.Where(task => task.Status == PrivacyTaskStatus.Manual).Select(task => $"{task.System} is done by a person and not shown yet."));
        words.AddRange(tasks.Where(task => task.Status == PrivacyTaskStatus.Failed).Select(task => $"{task.System} has not done it."));
        words.AddRange(tasks.Where(task => task.Status == PrivacyTaskStatus.Blocked).Select(task => $"{task.System} cannot be checked now."));
        var instructed = systems.Count(task => task.Status == PrivacyTaskStatus.Active && task.Level is ProofLevel.Accepted or ProofLevel.Confirmed or ProofLevel.Absent);
        if (instructed > 0)
            words.Add($"{instructed} {(instructed == 1 ? "was instructed and is" : "were instructed and are")} being watched until it is certain.");
        if (tasks.Any(task => task is { IsHub: true, IsOver: false, Action: TaskAction.Erase }))
            words.Add("Our own copy goes last.");
        return string.Join(' ', words);
    }

    /// <summary>What the hub does itself; its own copies are told last.</summary>
    private static string? Own(PrivacyTask task) => (task.Action, task.IsOver) switch
    {
        (TaskAction.Package, true) => "The copy is made.",
        (TaskAction.Package, false) => "The copy is being made.",
        (TaskAction.Consent, true) => "The refusal is recorded and goes to every system.",
        (TaskAction.Consent, false) => "The refusal is being recorded.",
        (TaskAction.Restrict, true) => "The data is kept, and nothing else is done with it.",
        (TaskAction.Restrict, false) => "The data is being locked.",
        _ => null,
    };
}
