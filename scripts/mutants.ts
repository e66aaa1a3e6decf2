import { mutate } from './mutants/mutate.ts';

// npm run mutants                 breaks a copy of the product in each way of the list, and runs the tests it concerns
// npm run mutants -- guard wire   only those whose names begin so
const { found, survived } = await mutate(process.argv.slice(2), (name, is) => console.log(`${is}  ${name}`));
console.log(`${found} of ${found + survived.length} found out.`);
process.exitCode = survived.length > 0 ? 1 : 0;
