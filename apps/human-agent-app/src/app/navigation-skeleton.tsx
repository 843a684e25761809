import { Skeleton } from "@app/ui/mod.ts";

/** At the side of a desktop, at the bottom of a phone; there it makes room for an open conversation (`isHidden`). */
export function navigationPlace(isHidden: boolean): string {
  return `safe-bottom shrink-0 items-center justify-around border-line bg-surface max-md:border-t md:flex md:w-16 md:flex-col md:justify-start md:gap-2 md:border-e md:py-3 ${
    isHidden ? "hidden" : "flex"
  }`;
}

/** The place of the navigation until its code is there. */
export function NavigationSkeleton({ props }: { props: { isHidden: boolean } }) {
  return (
    <div aria-hidden="true" className={navigationPlace(props.isHidden)}>
      {["queue", "notices", "settings", "profile"].map((name) => (
        <span
          key={name}
          className="grid min-h-14 min-w-16 place-items-center last:md:mt-auto md:size-12 md:min-h-0 md:min-w-0"
        >
          <Skeleton className="size-6" />
        </span>
      ))}
    </div>
  );
}
