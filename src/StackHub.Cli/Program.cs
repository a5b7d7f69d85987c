using StackHub.Cli.Demo;

var folder = Path.Combine(Path.GetTempPath(), $"stackhub-demo-{Environment.ProcessId}");
var screen = new Plain();
var (sandbox, hub) = await DemoRun.StartAsync(args.Length > 0 ? int.Parse(args[0]) : 500, 42, folder, null, screen, default);
var report = await new DemoRun(sandbox, hub, screen).RunAsync(default);
foreach (var row in report.Rows) Console.WriteLine(row);
foreach (var check in report.Checks) { Console.WriteLine($"{check.System}: {check.Records} records {check.FieldsCompared} fields, refused {check.Refused}, {check.Problems.Count} problems"); foreach (var p in check.Problems.Take(12)) Console.WriteLine("   " + p); }
foreach (var v in sandbox.Vendors) foreach (var g in v.Stats.Violations.GroupBy(x => x.Rule + " " + x.Detail).Take(10)) Console.WriteLine($"{v.Name} violation {g.Key} x{g.Count()}");
foreach (var v in sandbox.Vendors) Console.WriteLine(v.Name + ": " + string.Join(", ", v.Stats.Operations.Select(o => $"{o.Operation}={o.Calls}/{o.Records}r{o.Refused}")));
Console.WriteLine($"people {report.People} accounts {report.Accounts} opps {report.Opportunities} merged {report.MergedIdentities} conflicts {report.OpenConflicts} second {report.SecondSyncWrites} outbox {report.OutboxLeft} {report.Seconds:0.0}s passed {report.Passed}");
var (letters, _) = await hub.Get<StackHub.Sync.DeadLetters.DeadLetterStore>().ListAsync(null, 1000, default);
foreach (var g in letters.GroupBy(l => $"{l.System} {l.Field} {l.Code} {l.Message}").OrderByDescending(g => g.Count()).Take(15)) Console.WriteLine($"{g.Count()} x {g.Key}");
return 0;

file sealed class Plain : IDemoScreen
{
    public void Say(string line) => Console.WriteLine(line);
    public void Progress(string phase, string system, long done, long? total) { Console.WriteLine($"{phase} {system} {done}/{total}"); }
    public void PhaseDone() { }
}
