import { useState } from "react";
import { Avatar, Badge, Button, Skeleton, Switch, TextField } from "@app/ui/mod.ts";
import { LoadError } from "../../components/load-error.tsx";
import { isOnItsWay } from "../../lib/use-in-pieces.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useMembers } from "../../lib/use-members.ts";
import { type Assignment, useAssignment } from "./use-assignment.ts";

/** Who is asked first when the bot needs a person: what each member is good at. Agents see it, owners and admins change it. */
export function AssignmentSettings() {
  const { query, save, mayChange } = useAssignment();
  if (isOnItsWay(query)) return <Skeleton className="h-24" />;
  if (!query.data) return <LoadError query={query} />;
  return mayChange
    ? <SkillForm key={JSON.stringify(query.data)} kept={query.data} onSave={save} />
    : <SkillList kept={query.data} />;
}

function SkillForm({ kept, onSave }: { kept: Assignment; onSave: (wanted: Assignment) => Promise<void> }) {
  const { words } = useAllSpeech();
  const { members } = useMembers();
  const [isBalanced, setIsBalanced] = useState(kept.assignment === "balanced");
  const [isBusy, setIsBusy] = useState(false);

  async function submit(form: FormData) {
    setIsBusy(true);
    const skills = Object.fromEntries(
      members.map(({ user_id }) => [user_id, readSkills(String(form.get(user_id) ?? ""))]),
    );
    await onSave({ assignment: isBalanced ? "balanced" : "shared", skills });
    setIsBusy(false);
  }
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <Switch
        label={words.settings.balanced}
        hint={words.settings.balancedHint}
        isOn={isBalanced}
        onChange={setIsBalanced}
      />
      <p className="text-sm text-soft">{words.settings.skillsHint}</p>
      {members.map((member) => (
        <TextField
          key={member.user_id}
          label={member.display_name}
          name={member.user_id}
          dir="auto"
          data-testid="skills"
          defaultValue={(kept.skills[member.user_id] ?? []).join(", ")}
        />
      ))}
      <div className="flex justify-end">
        <Button type="submit" look="solid" isBusy={isBusy} data-testid="save-skills">{words.save}</Button>
      </div>
    </form>
  );
}

function SkillList({ kept }: { kept: Assignment }) {
  const { words } = useAllSpeech();
  const { members } = useMembers();
  return (
    <>
      <p className="mb-2 text-sm text-soft">
        {kept.assignment === "balanced" ? words.settings.balancedHint : words.settings.sharedHint}
      </p>
      <ul className="space-y-2">
        {members.map((member) => (
          <li key={member.user_id} className="flex flex-wrap items-center gap-2 text-sm">
            <Avatar name={member.display_name} size={28} />
            <bdi className="font-medium">{member.display_name}</bdi>
            {(kept.skills[member.user_id] ?? []).map((skill) => <Badge key={skill}>{skill}</Badge>)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Words parted by commas; 20 at most of 40 letters, as the backend takes them. */
function readSkills(text: string): string[] {
  return [...new Set(text.split(",").map((skill) => skill.trim().slice(0, 40)).filter(Boolean))].slice(0, 20);
}
