import type { Gender } from './roles.ts'

/** Common given names, because two words with capitals may as well be a street. */
const male = `
Aaron Abdul Abdullah Adam Adrian Ahmed Ahmet Alan Albert Alejandro Aleksandr Alessandro Alex Alexander Alexei Alfred Ali Alistair Amir Anatoly
Anders Andreas Andrei Andrew Angelo Anthony Anton Antonio Antony Arif Arjun Arthur Aziz Barack Barış Bashar Ben Benjamin Bernard Bilal Bill Bjorn Björn
Bob Boris Brad Brendan Brian Bruce Bruno Burak Can Carl Carlos Cem Charles Chris Christian Christopher Claude Claus Colin Craig Curtis Daniel
Dario David Dean Declan Denis Dennis Derek Diego Dieter Dimitri Dmitry Dominic Donald Douglas Duncan Ebrahim Eddie Edmund Edward Emeka Emil Emmanuel Emre Enrico
Eric Erik Ernest Ethan Eugene Fabio Farid Felix Ferdinand Fernando Francesco Francis Francisco François Frank Franz Fred Frederick Fredrik Gareth Gary
Gavin Geoffrey Georg George Georges Gerald Gerard Gerhard Giorgio Giovanni Giuseppe Glenn Gordon Graham Greg Gregory Guillaume Gunnar Gustav Guy Hakan Hamid Hamza
Hans Harald Harold Harry Hasan Hassan Hector Heinrich Helmut Henri Henrik Henry Hiroshi Howard Hugh Hugo Hüseyin Ian Ibrahim Igor Ilham Ilya Imran
Ivan İbrahim İlker İsmail İsmet Jack Jacob Jacques Jakob James Jamal Jan Jason Javier Jean Jeff Jeffrey Jens Jeremy Jerome Jim Jimmy Joachim Joe Joel Johan
Johann John Johnny Jonas Jonathan Jorge José Jose Josef Joseph Joshua Juan Jules Julian Julien Jürgen Justin Kamal Karim Karl Keith Kemal Ken Kenji Kenneth
Kerem Kevin Khaled Khalid Khalifa Klaus Kofi Kurt Kwame Lars Laurent Lawrence Lee Leo Leon Leonard Lewis Liam Louis Luc Luca Lucas Luis Luke Mahmoud Marc Marcel
Marco Marcus Mario Mark Markus Martin Mateo Matteo Matthew Matthias Maurice Max Mehmet Mevlüt Michael Michel Miguel Mikhail Mohamed Mohammad Mohammed Morgan Muhammad Murat
Mustafa Nathan Neil Nelson Nicholas Nicolas Nigel Nikolai Nils Noah Norman Oğuz Oleg Oliver Olivier Omar Orhan Oscar Osman Otto Owen Pablo Pascal Patrick Paul Paulo
Pavel Pedro Per Peter Philip Philippe Pierre Rafael Rahul Raj Rajesh Ralph Ramón Raymond Recep Rhys Ricardo Richard Robert Roberto Robin Roger Roland Roman Ron Ronald Rory
Ross Roy Rudolf Rupert Russell Ryan Samir Sam Samuel Scott Sean Sebastian Selim Serge Sergei Sergey Serkan Simon Stefan Stephen Steve Steven Stuart Sven Tariq
Tayyip Ted Terence Terry Theo Theodore Thierry Thomas Tim Timothy Tobias Tom Tomas Tommy Tony Toby Tunde Umut Uwe Viktor Vincent Vikram Vladimir Volkan Walter Warren Wayne
Werner Wilhelm Will William Wolfgang Xavier Yasin Yusuf Yannick Yves Zafer Zoltan
Abel Achille Adamu Adel Adil Adriano Agustín Aidan Akash Akira Alain Alastair Aldo Alexandre Alexis Alfonso Alfredo Alhassan Alois Álvaro Amadou Amit André Ángel Angus Anil Ansgar Antoine Anwar Arda Armando Armin Arnaud Arne Arnold Arvid Ashok Asif Augusto Axel
Baptiste Bastien Benedikt Benoît Benoit Bertrand Bogdan Bohdan Boubacar Branko Bülent Callum Cameron Cédric César Cheikh Cihan Clemens Clément Connor Cristian Cyril Dag Dalibor Damian Damien Darko Darren Davor Deniz Didier Dirk Dmytro Domenico Dominik Dominique Dragan Dylan Edgar Edoardo Eduardo Einar Elias Elliot Emanuel Emilio Engin
Enzo Ernesto Ernst Erwin Esteban Étienne Etienne Evan Ezra Fadi Faisal Federico Fergus Filip Finn Florian Fabien Fabrice Femi Francis Frédéric Friedrich Gabriel Gaël Gaetano Gareth Gaspard Gaurav Geert Gerardo Gilbert Gilles Gonzalo Goran Günter Günther Gustavo Habib Håkon Halil Hamish Haruki Heinz Henk Henry Herbert Hermann Hervé Hossein
Hubert Ibrahima Idris Ignacio Iker Ilya Ingmar Ioannis Isaac Ismail Iván Jaap Jake Jaime Jarosław Javad Jérôme Jesper Jesús Jiří Joaquín Jochen Jörg Jorgen Julio Kadir Kaan Kai Karsten Kaspar Kazuo Kees Kerim Kieran Klaas Kostas Kristian Krzysztof Lachlan László Leif Lionel Lorenzo Loïc Lorcan Lothar Luigi Łukasz Maarten Maciej Magnus Malcolm Malik
Mamadou Manfred Manuel Marcelo Marcin Marek Marius Marko Massimo Mathieu Matthieu Mauro Maximilian Metin Michał Mihai Miloš Miroslav Mohamad Moritz Moses Moshe Moussa Nasser Naveen Nicola Nicolás Nikhil Niklas Nikola Nikos Nuno Oğuzhan Ole Oleksandr Olaf Olu Onur Oskar Ousmane Paolo Pascual Patrice Pekka Pepe Percy Pieter Piet Piotr Pranav Quentin Quinn
Radek Raheem Rainer Ralf Rami Ramazan Raphaël Rashid Raúl Régis Reinhard Reza Robbie Rodrigo Rohan Roberto Rolf Romain Ronan Ruben Rüdiger Rui Ruslan Sabri Said Salim Salman Salvatore Sami Sandro Sanjay Santiago Sergio Seth Seydou Shane Shaun Sidney Siegfried Silvio Sinan Slobodan Stanislav Stanley Stéphane Suleiman Suresh Süleyman Svein
Sylvain Tadeusz Taha Takashi Tanguy Tarek Taylan Teemu Thabo Théo Thibault Thibaut Thierno Thorsten Timo Tolga Torsten Tristan Ulrich Uğur Vadim Valentin Václav Vasily Vasile Vicente Victor Vijay Vincenzo Vittorio Volodymyr Wilfried Willem Xavi Yann Yannis Yaşar Yavuz Youssef Yuri Yuval Zdeněk Zeki Ziad`

const female = `
Abigail Ada Adaeze Adele Agnes Aisha Alexandra Alice Alicia Aliyah Alison Amanda Amelia Amina Amira Amy Ana Anastasia Andrea Angela Angelina Anita Anja Ann Anna Anne Annette
Annika Antonia Asha Astrid Aya Ayla Ayşe Aylin Barbara Beata Beatrice Belgin Bernadette Beth Bettina Birgit Bridget Brigitte Camille Carla Carmen Carol Caroline Catherine
Cecilia Chantal Charlotte Chiara Chloe Christina Christine Claire Clara Claudia Colette Cristina Daniela Daphne Dawn Deborah Defne Delphine Denise Diana Diane Dilek Dorothy
Ebru Edith Ekaterina Elaine Elena Eleanor Elif Elisabeth Elise Elizabeth Ella Ellen Emily Emine Emma Erin Esra Estelle Esther Eva Eve Evelyn Fatima Fatma Fiona Florence
Frances Francesca Freya Frida Gabriela Gemma Geraldine Gillian Gisela Giulia Gloria Grace Greta Gudrun Gül Gülay Hanna Hannah Hatice Heather Heidi Helen Helena Hélène
Helga Hilary Holly Ilse Imogen Inês Ines Inga Ingrid Irene Irina Isabel Isabelle Isla Jacinda Jacqueline Jane Janet Janice Jasmine Jean Jennifer Jenny Jessica Jill Joan Joanna Joanne Josephine
Judith Julia Julie Juliette June Karen Karin Karina Kate Katharina Katherine Kathleen Katja Katrin Kirsten Kirsty Laila Lara Laura Layla Leila Leïla Lena Leonie Leyla Lily Linda
Lindsay Lisa Liz Louise Lucia Lucy Lydia Madeleine Magdalena Maggie Mai Malala Mandy Margaret Margit Maria María Marianne Marie Marina Marion Marta Martha Martina Mary Maryam
Mathilde Maya Megan Mei Melanie Melek Melis Michelle Mia Mina Miranda Miriam Moira Monica Monika Muriel Nadia Naomi Natalia Natalie Natasha Nazlı Neha Nesrin Ngozi Nicola
Nicole Nina Nora Odile Olga Olivia Özlem Pamela Patricia Paula Pauline Penelope Petra Pınar Pippa Polly Priya Priyanka Rachel Rania Rebecca Renate Rita Roberta Rosa Rose
Rosemary Ruth Sabine Sadia Sally Samantha Sandra Sara Sarah Selin Sevgi Shanthi Sheila Shirin Sibel Silvia Simone Sofia Sonia Sophia Sophie Stella Stephanie Susan Susanne
Svetlana Sylvia Sylvie Tamara Tansu Tara Tatiana Teresa Theresa Tina Tuba Ursula Valentina Valerie Vanessa Vera Veronica Victoria Violet Virginia Vivian Wendy Yasemin
Yasmin Yuki Yvonne Zainab Zara Zehra Zeynep Zoe
Abeba Adelaide Adriana Agata Agathe Agnieszka Ainhoa Aleksandra Alessandra Alexia Alma Amara Amélie Anaïs Ananya Anastasiya Aneta Angélique Anika Anjali Anke Anne-Marie Annabel Annick Antje Antonella Arlette Armelle Arwa Asli Aslı Asuka Audrey Aurélie Aurora Bahar Banu Barbora Başak Béatrice Belinda Berit Bernice Berta Beverley Bianca Blanca Bożena Brenda Brooke Burcu
Candice Carina Carolina Cassandra Cátia Cécile Celeste Céline Ceren Charlene Chiamaka Chioma Clare Clarissa Claudine Clémence Concepción Constance Cora Corinne Cristiana Dagmar Dalia Danielle Danuta Daria Debbie Derya Dilara Dolores Dominika Dora Doreen Doris Dorothée Ece Edwige Eileen Eirini Ekin Eleni Eléonore Eliana Elke Éloïse Elsa Elsbeth Elspeth Elvira Émilie Esma Esme Esperanza
Evgenia Fabienne Farah Faith Fatou Federica Felicity Filiz Flavia Flora Fredrika Fumiko Gabriele Gail Galina Genevieve Geneviève Georgia Georgina Germaine Gerda Ghada Gina Giovanna Gertrude Graciela Grażyna Greet Gretchen Grete Gunilla Gwen Hadiza Hala Halina Hana Hande Hanan Harriet Hatice Hazel Hedwig Helga Henrietta Henriette Hilde Hope Huda Ida Ikram Ilaria Ilona Ilse Imke Inge Inger Ioana Iris Irma Isabella Isadora Ivana
Ivy Jadwiga Jana Janina Jelena Jodie Johanna Jolanta Josefa Joyce Juana Judy Juliana Justine Jutta Kamila Karima Karolina Kasia Katarzyna Kathrin Katy Kavita Keiko Kelly Kerstin Khadija Kiran Klara Kristin Kristina Lakshmi Lale Lana Larissa Latifa Lea Léa Leah Leanne Leticia Liesbeth Lina Liv Lola Lorna Lorraine Lotte Lucie Lucille Lucinda Ludmila Luisa Luz Lynn Mabel Maëlle Magda Mahsa Maja Manon
Manuela Margarita Margot Margrethe Margherita Mariam Mariama Mariana Marija Marit Marjorie Marlene Marta Maud Maureen Mavis Mayumi Mercedes Meryem Merve Mette Michaela Micheline Mireille Mona Mónica Morag Myriam Nadine Nancy Nasreen Nathalie Nele Nevena Nicoletta Niamh Nigar Nilüfer Noémie Noor Norma Noura Nur Nuray Nursel Octavia Oksana Olena Olympia Orla Paloma Paola Patience Patrizia Peggy Phoebe Phyllis Pilar Pooja
Prudence Queenie Radhika Raquel Raffaella Ragnhild Rana Raquel Reem Regina Renata Renée Rhiannon Riya Rocío Rosalind Rosanna Roswitha Roxane Roya Rukhsana Saba Sabrina Sadie Safiya Salma Samira Sanna Saskia Seda Sévérine Séverine Shabana Shannon Sharon Shirley Sigrid Sinead Siobhan Solange Soledad Songül Soraya Stefania Stefanie Suzanne Suzan Svenja Sunita Swati Tanja Tanya Tatyana Thea Thelma Therese Thérèse Tilda Trine
Trudy Tuğba Tülay Ülkü Umm Ümit Ute Valeria Valérie Verena Véronique Vesna Viktoria Viola Virginie Viviane Waltraud Wanda Wenche Wilma Winifred Xenia Ximena Yael Yana Yetunde Yewande Yolanda Yoko Zahra Zdenka Zineb Zofia Züleyha`

const genders = new Map<string, Gender | null>()
for (const name of male.trim().split(/\s+/)) genders.set(name, 'he')
for (const name of female.trim().split(/\s+/)) genders.set(name, genders.has(name) ? null : 'she')

/** @returns the pronoun that usually goes with a given name, null for either, undefined where it is not known */
export function genderOfGivenName(name: string): Gender | null | undefined {
  return genders.get(name)
}
